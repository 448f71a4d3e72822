package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.udf.PersonKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a manifest says of the segments in a release: the hash of each one's definition and, of an
 * audience, which run published its list. The hash of a rule such as one of an age is as good as
 * the rule, as whoever has it can hash guesses; an audience's destination is not to know what it
 * takes to be in a list. So its manifest has a hash that is keyed with our own secret, and another
 * one for each client, export and segment.
 */
record SegmentClaims(Workspace workspace, Export export) {
  /** Member of a segment: the hash of its definition. */
  static final String DEFINITION = "definition_hash";

  private static final String PURPOSE = "segumento audience definition 1";

  /** How the manifest is to name this definition of a segment. */
  String named(String segment, String definition) {
    if (export.kind() != Export.Kind.AUDIENCE) {
      return definition;
    }
    String text =
        String.join("\n", PURPOSE, workspace.client().client(), export.name(), segment, definition);
    byte[] secret = workspace.secrets().secret(ManifestSigner.ALIAS);
    return HexFormat.of().formatHex(PersonKey.of(secret, text));
  }

  /**
   * What is wrong with a manifest, in full sentences.
   *
   * @param definitions of the segments that are in the release
   */
  List<String> problems(JsonNode manifest, Map<String, String> definitions) {
    Map<String, String> right = new TreeMap<>();
    definitions.forEach((segment, hash) -> right.put(segment, named(segment, hash)));
    Map<String, String> said = new TreeMap<>();
    boolean published = true;
    for (JsonNode segment : manifest.path("segments")) {
      String id = segment.path("id").asText();
      if (segment.has(DEFINITION)) {
        said.put(id, segment.path(DEFINITION).asText());
      }
      published &=
          export.kind() != Export.Kind.AUDIENCE || isPublished(segment, right.containsKey(id));
    }
    List<String> wrong = new ArrayList<>();
    if (!said.equals(right)) {
      wrong.add("The manifest says other definitions.");
    }
    if (!published) {
      wrong.add("The manifest says that other lists were published.");
    }
    return wrong;
  }

  /** Whether the run of a list is said as it is: this one's, else that of the list before. */
  private boolean isPublished(JsonNode segment, boolean listed) {
    JsonNode before = segment.path(PriorAudience.PREVIOUS);
    String run = listed ? workspace.run() : before.asText();
    return segment.path(PriorAudience.PUBLISHED).asText().equals(run);
  }
}
