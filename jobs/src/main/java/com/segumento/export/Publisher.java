package com.segumento.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.privacy.Released;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts released files where the client may pull them: the data first, byte by byte as the gate read
 * it, the manifest last. A folder without manifest is no release.
 */
final class Publisher {
  private final Workspace workspace;
  private final ManifestSigner signer;
  private final Occasion occasion;

  Publisher(Workspace workspace, ManifestSigner signer, Occasion occasion) {
    this.workspace = workspace;
    this.signer = signer;
    this.occasion = occasion;
  }

  /**
   * Publishes and gives the release's URI; a release that is there already stays as it is.
   *
   * @throws ConfigException where this run published something else before
   */
  String publish(Released released, Map<String, String> references) {
    Lake lake = workspace.lake();
    ObjectStore objects = lake.objects();
    String export = released.export().name();
    String folder =
        lake.layout().release(workspace.clientId(), export, workspace.date(), workspace.run());
    String manifest = Manifest.signed(manifest(released, references), signer);
    ReleaseVerifier verifier = new ReleaseVerifier(workspace.spark(), lake);
    Optional<String> before = objects.text(folder + "/" + Manifest.NAME);
    if (before.isPresent() && verifier.problems(folder, signer.publicKey()).isEmpty()) {
      requireSame(before.get(), manifest, export);
      return folder;
    }
    objects.delete(folder);
    for (Released.DataFile file : released.files()) {
      objects.copy(file.uri(), folder + "/" + name(file, released));
    }
    objects.write(folder + "/" + Manifest.NAME, manifest);
    List<String> problems = verifier.problems(folder, signer.publicKey());
    if (!problems.isEmpty()) {
      objects.delete(folder);
      throw new IllegalStateException(
          "The release in " + folder + " was taken back: " + String.join(" ", problems));
    }
    return folder;
  }

  /** Removes what killed runs of this business date left in the export's folder. */
  void clean(String export) {
    Lake lake = workspace.lake();
    String date = lake.layout().exports(workspace.clientId(), export) + "/dt=" + workspace.date();
    for (String run : lake.objects().names(date)) {
      String folder = date + "/" + run;
      if (!lake.objects().exists(folder + "/" + Manifest.NAME)) {
        lake.objects().delete(folder);
      }
    }
  }

  private ObjectNode manifest(Released released, Map<String, String> references) {
    return new ReleaseManifest(workspace, released, references, occasion)
        .describe(released.files().stream().map(file -> published(file, released)).toList());
  }

  private ReleaseManifest.PublishedFile published(Released.DataFile file, Released released) {
    List<StoredObject> found = workspace.lake().objects().list(file.uri());
    return new ReleaseManifest.PublishedFile(
        name(file, released), found.get(0).bytes(), file.rows(), file.sha256());
  }

  private static String name(Released.DataFile file, Released released) {
    return String.format(
        Locale.ROOT,
        "%s-%05d.%s",
        file.stem(),
        file.number(),
        released.export().format().name().toLowerCase(Locale.ROOT));
  }

  private void requireSame(String before, String now, String export) {
    if (!before.equals(now)) {
      throw new ConfigException(
          "Run "
              + workspace.run()
              + " has published export "
              + export
              + " of client "
              + workspace.client().client()
              + " before, with other content. A release never changes; start a new run.");
    }
  }
}
