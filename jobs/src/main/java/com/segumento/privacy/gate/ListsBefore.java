package com.segumento.privacy.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Export;
import com.segumento.lake.FileProbe;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences;
import com.segumento.model.Audiences.Content;
import com.segumento.model.LakeLayout;
import com.segumento.model.PriorLists;
import com.segumento.model.PriorLists.PriorList;
import com.segumento.udf.PersonKey;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the lists that the destination of an audience has, whatever the release that is judged says
 * to go on from: of each segment the one of the newest other release of the export that published a
 * list of it, was made under the same key, and carries our signature.
 */
final class ListsBefore {
  private static final String RUN = "run=";

  private final Workspace workspace;
  private final Export export;
  private final String folder;

  ListsBefore(Workspace workspace, Export export) {
    this.workspace = workspace;
    this.export = export;
    this.folder = workspace.lake().layout().exports(workspace.clientId(), export.name());
  }

  /**
   * A release.
   *
   * @param number of the run among those of its date
   */
  private record Release(LocalDate date, int number, String run, String folder) {
    boolean isBefore(LocalDate other, int otherNumber) {
      return date.isBefore(other) || (date.equals(other) && number < otherNumber);
    }
  }

  /**
   * The lists before what lies in {@code judged}: before a release all that are older, before what
   * is staged all there are. Nothing where one is not as it was signed.
   */
  Optional<PriorLists> of(JudgedFolder judged) {
    SignedManifests manifests = new SignedManifests(workspace);
    String keyId = keyId();
    Set<String> open = new HashSet<>(AudienceSource.segments(workspace, export));
    Map<String, PriorList> found = new HashMap<>();
    Iterator<Release> releases = releases(judged).iterator();
    while (!open.isEmpty() && releases.hasNext()) {
      Release release = releases.next();
      Optional<JsonNode> manifest =
          manifests.in(release.folder()).filter(said -> isOf(said, release, keyId));
      Set<String> published = manifest.map(said -> published(said, release, open)).orElse(Set.of());
      if (!published.isEmpty()) {
        Optional<PriorList> list = list(manifest.get(), release);
        if (list.isEmpty()) {
          return Optional.empty();
        }
        published.forEach(segment -> found.put(segment, list.get()));
        open.removeAll(published);
      }
    }
    return Optional.of(new PriorLists(found));
  }

  /** The newest first; read as it goes. */
  private Stream<Release> releases(JudgedFolder judged) {
    int own = number(workspace.run());
    return workspace.lake().objects().names(folder).stream()
        .flatMap(name -> LakeLayout.releaseDate(name).stream())
        .sorted(Comparator.reverseOrder())
        .flatMap(this::of)
        .filter(release -> !release.run().equals(workspace.run()))
        .filter(release -> !judged.isPublished() || release.isBefore(workspace.date(), own));
  }

  private Stream<Release> of(LocalDate date) {
    String ofDate = folder + "/dt=" + date;
    return workspace.lake().objects().names(ofDate).stream()
        .filter(name -> name.startsWith(RUN))
        .map(name -> name.substring(RUN.length()))
        .map(run -> new Release(date, number(run), run, ofDate + "/" + RUN + run))
        .sorted(Comparator.comparingInt(Release::number).reversed());
  }

  private static int number(String run) {
    String number = run.substring(run.lastIndexOf('-') + 1);
    return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : -1; // not ours
  }

  // Signed by us it may be, and yet lie where it does not belong.
  private boolean isOf(JsonNode manifest, Release release, String keyId) {
    return manifest.path("client").asText().equals(workspace.client().client())
        && manifest.path("export").asText().equals(export.name())
        && manifest.path("business_date").asText().equals(release.date().toString())
        && manifest.path("run").asText().equals(release.run())
        && manifest.path("destination").path("key_id").asText().equals(keyId);
  }

  /** Those of the open segments that the release itself published a list of. */
  private static Set<String> published(JsonNode manifest, Release release, Set<String> open) {
    Set<String> published = new HashSet<>();
    for (JsonNode segment : manifest.path("segments")) {
      String id = segment.path("id").asText();
      if (open.contains(id) && segment.path("published_by").asText().equals(release.run())) {
        published.add(id);
      }
    }
    return published;
  }

  /** The lists of a release; nothing where a file is missing or is another one. */
  private Optional<PriorList> list(JsonNode manifest, Release release) {
    Map<String, String> signed = new HashMap<>();
    for (JsonNode file : manifest.path("files")) {
      String name = file.path("path").asText();
      if (name.startsWith(Content.LIST.stem() + "-")) {
        signed.put(release.folder() + "/" + name, file.path("sha256").asText());
      }
    }
    List<String> uris = signed.keySet().stream().sorted().toList();
    boolean whole =
        !uris.isEmpty()
            && FileProbe.probe(workspace.spark(), uris, FileProbe.Kind.TEXT).stream()
                .allMatch(file -> file.sha256().equals(signed.get(file.uri())));
    return Optional.of(new PriorList(release.run(), manifest.path("format").asText(), uris))
        .filter(list -> whole);
  }

  /** The name of the destination's key in manifests. */
  private String keyId() {
    byte[] secret = workspace.secrets().secret(export.destination().key());
    byte[] name = PersonKey.of(secret, Audiences.KEY_NAMED_BY);
    return HexFormat.of().formatHex(Arrays.copyOf(name, Audiences.KEY_NAME_BYTES));
  }
}
