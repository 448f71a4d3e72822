package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences.Content;
import com.segumento.model.ConfigException;
import com.segumento.model.PriorLists;
import com.segumento.model.PriorLists.PriorList;
import com.segumento.privacy.DestinationKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the lists that the destination of an audience has, by the manifests of its releases. */
final class PriorAudience {
  /** Member of a manifest: who the audience is for. */
  static final String DESTINATION = "destination";

  /** Member of a destination: a name of the key that tokens are hashed under. */
  static final String KEY_ID = "key_id";

  /** Member of a segment: the run that published its list last, up to this release. */
  static final String PUBLISHED = "published_by";

  /** Member of a segment: the run that published the list that this one went on from. */
  static final String PREVIOUS = "previous_by";

  private final Workspace workspace;
  private final Releases releases;

  PriorAudience(Workspace workspace, Releases releases) {
    this.workspace = workspace;
    this.releases = releases;
  }

  /**
   * Of each segment of an audience the list published last, by another run than the workspace's;
   * none of an export of another kind, nor under another key: tokens of two keys say nothing of
   * each other. Where the destination has dropped it since, and it has expired, the list goes on
   * from the one before that is still there, as the gate finds it; where none is, it begins anew.
   *
   * @throws ConfigException where a release it has to go on from is not as it was signed
   */
  PriorLists of(Export export) {
    if (export.kind() != Export.Kind.AUDIENCE) {
      return PriorLists.NONE;
    }
    String keyId = DestinationKey.of(workspace, export).id();
    Stream<Releases.Release> others =
        releases.all(export.name()).filter(release -> !release.run().equals(workspace.run()));
    Map<String, PriorList> found = new HashMap<>();
    new DestinationLists(workspace, releases)
        .published(export, keyId, others)
        .forEach((segment, run) -> found.put(segment, list(export.name(), run)));
    return new PriorLists(found);
  }

  /** The lists a release went on from, as its manifest says; nothing where one is not there. */
  Optional<PriorLists> of(JsonNode manifest) {
    Map<String, PriorList> found = new HashMap<>();
    for (JsonNode segment : manifest.path("segments")) {
      if (segment.has(PREVIOUS)) {
        String run = segment.path(PREVIOUS).asText();
        Optional<PriorList> list = find(manifest.path("export").asText(), run);
        if (list.isEmpty()) {
          return Optional.empty();
        }
        found.put(segment.path("id").asText(), list.get());
      }
    }
    return Optional.of(new PriorLists(found));
  }

  private PriorList list(String export, String run) {
    return find(export, run)
        .orElseThrow(
            () ->
                new ConfigException(
                    "The release of export "
                        + export
                        + " of client "
                        + workspace.client().client()
                        + " by run "
                        + run
                        + " is not whole, so that it is not known whom its destination has."
                        + " Restore it, or delete all releases of the export to begin anew."));
  }

  private Optional<PriorList> find(String export, String run) {
    return releases
        .by(export, run)
        .filter(release -> releases.problems(export, release).isEmpty())
        .map(release -> list(export, run, release));
  }

  private PriorList list(String export, String run, Releases.Release release) {
    String folder =
        workspace.lake().layout().release(workspace.clientId(), export, release.date(), run);
    List<String> files = new ArrayList<>();
    for (JsonNode file : release.manifest().path("files")) {
      String name = file.path("path").asText();
      if (name.startsWith(Content.LIST.stem() + "-")) {
        files.add(folder + "/" + name);
      }
    }
    return new PriorList(run, release.manifest().path("format").asText(), files);
  }
}
