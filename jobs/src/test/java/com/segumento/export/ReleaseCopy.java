package com.segumento.export;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.export.Guarantee.Outcome;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.Workspace;
import com.segumento.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A copy of a release in CSV outside of the lake, as a client would keep it, tampered with by
 * somebody who has our key: only deriving its guarantees again can tell.
 */
final class ReleaseCopy {
  /** The file of a release of a few rows. */
  static final String DATA = "part-00000.csv";

  private final Workspace workspace;
  private final ObjectStore objects;
  private final String folder;

  private ReleaseCopy(Workspace workspace, String folder) {
    this.workspace = workspace;
    this.objects = workspace.lake().objects();
    this.folder = folder;
  }

  /** Of a release, in a new folder below {@code directory}. */
  static ReleaseCopy of(Workspace workspace, String release, Path directory) {
    try {
      Path folder = Files.createTempDirectory(directory, "copy");
      ReleaseCopy copy =
          new ReleaseCopy(workspace, folder.toUri().toString().replaceFirst("/$", ""));
      for (String file : copy.objects.names(release)) {
        copy.objects.copy(release + "/" + file, copy.folder + "/" + file);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String folder() {
    return folder;
  }

  /** Changes lines of a file, of which the first names the columns, and signs. */
  ReleaseCopy change(String file, Consumer<List<String>> change) {
    List<String> lines = new ArrayList<>(text(file).lines().toList());
    change.accept(lines);
    objects.write(folder + "/" + file, lines.stream().collect(joining("\n", "", "\n")));
    return sign(manifest -> {});
  }

  /** The same of the only file of the data. */
  ReleaseCopy change(Consumer<List<String>> change) {
    return change(DATA, change);
  }

  /** Changes the manifest, and signs it with what lies beside it. */
  ReleaseCopy sign(Consumer<ObjectNode> change) {
    ObjectNode manifest = (ObjectNode) Manifest.parse(text(Manifest.NAME));
    manifest.remove(Manifest.SIGNATURE);
    for (JsonNode file : manifest.path("files")) {
      String data = text(file.path("path").asText());
      ((ObjectNode) file)
          .put("bytes", data.getBytes(StandardCharsets.UTF_8).length)
          .put("rows", data.lines().count() - 1)
          .put("sha256", Sha256.hex(data));
    }
    change.accept(manifest);
    ManifestSigner signer = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS));
    objects.write(folder + "/" + Manifest.NAME, Manifest.signed(manifest, signer));
    return this;
  }

  private String text(String file) {
    return objects.text(folder + "/" + file).orElseThrow();
  }

  /** Names of the guarantees it is found not to keep, in order. */
  String broken() {
    return RecordedRuns.verification(workspace).verify(folder).guarantees().stream()
        .filter(each -> each.outcome() == Outcome.VIOLATED)
        .map(Guarantee::name)
        .collect(joining(", "));
  }
}
