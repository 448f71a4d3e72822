package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.privacy.DestinationKey;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which runs published the lists that the destinations of a client have, as the signed manifests of
 * releases tell.
 */
public final class DestinationLists {
  private final Workspace workspace;
  private final Releases releases;

  DestinationLists(Workspace workspace, Releases releases) {
    this.workspace = workspace;
    this.releases = releases;
  }

  /** Those of the workspace's client. */
  public static DestinationLists of(Workspace workspace) {
    String key = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS)).publicKey();
    return new DestinationLists(workspace, new Releases(workspace, key));
  }

  /**
   * The runs whose lists are still needed of an export: those that its next release goes on from,
   * and those that a release counts among its own that is not older than {@code since}. An export
   * that is not configured, or is no audience any more, has no next release.
   */
  public Set<String> runs(String name, LocalDate since) {
    Set<String> runs = new HashSet<>();
    for (Export export : workspace.client().exports()) {
      if (export.name().equals(name) && export.kind() == Export.Kind.AUDIENCE) {
        byte[] secret = workspace.secrets().secret(export.destination().key());
        published(export, DestinationKey.id(secret), releases.all(name))
            .values()
            .forEach(runs::add);
      }
    }
    releases
        .all(name)
        .takeWhile(release -> !release.date().isBefore(since))
        .flatMap(release -> release.manifest().path("segments").valueStream())
        .filter(segment -> segment.has(PriorAudience.PUBLISHED))
        .forEach(segment -> runs.add(segment.path(PriorAudience.PUBLISHED).asText()));
    return runs;
  }

  /**
   * Of each segment of an audience the run that published its last list under the same key: tokens
   * of two keys say nothing of each other. A list that the newest release for the destination does
   * not count among its own, which has dropped it, may have expired; then it is the one before that
   * has not.
   *
   * @param from releases to look at, the newest first; read as far as needed
   */
  Map<String, String> published(Export export, String keyId, Stream<Releases.Release> from) {
    Set<String> open = new HashSet<>(export.segmentIds(workspace.segments()));
    Map<String, String> found = new HashMap<>();
    boolean newest = true;
    Iterator<Releases.Release> all = from.iterator();
    while (all.hasNext() && !open.isEmpty()) {
      JsonNode manifest = all.next().manifest();
      if (isUnder(manifest, keyId)) {
        for (JsonNode segment : manifest.path("segments")) {
          String id = segment.path("id").asText();
          String run = segment.path(PriorAudience.PUBLISHED).asText();
          if (open.contains(id)
              && segment.has(PriorAudience.PUBLISHED)
              && (newest || releases.isThere(export.name(), run))) {
            open.remove(id);
            found.put(id, run);
          }
        }
        newest = false;
      }
    }
    return found;
  }

  // By the key alone: tokens under it can be compared, whatever the destination is called now.
  private static boolean isUnder(JsonNode manifest, String keyId) {
    return manifest
        .path(PriorAudience.DESTINATION)
        .path(PriorAudience.KEY_ID)
        .asText()
        .equals(keyId);
  }
}
