package com.segumento.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Export;
import com.segumento.config.Segments;
import com.segumento.lake.Workspace;
import com.segumento.privacy.Released;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What a release's manifest says: nothing the release itself does not say, but for the rules it was
 * made by and how much was withheld, in bands that hold many cells each.
 *
 * @param references the reference data in force, by name: first day of validity
 */
record ReleaseManifest(Workspace workspace, Released released, Map<String, String> references) {
  private static final int FORMAT = 1;
  private static final long FEW_CELLS = 10;

  /** One published file. */
  record PublishedFile(String path, long bytes) {}

  ObjectNode describe(PublishedFile file) {
    Export export = released.export();
    ObjectNode manifest =
        JsonNodeFactory.instance
            .objectNode()
            .put("manifest", FORMAT)
            .put("export", export.name())
            .put("kind", lower(export.kind()))
            .put("client", workspace.client().client())
            .put("run", workspace.run())
            .put("business_date", workspace.date().toString())
            .put("format", lower(export.format()));
    manifest
        .putArray("files")
        .addObject()
        .put("path", file.path())
        .put("bytes", file.bytes())
        .put("rows", released.rows())
        .put("sha256", released.sha256());
    new DataDictionary(workspace, export, released.levels(), released.k())
        .describe(released.schema(), manifest.putArray("columns"));
    privacy(manifest.putObject("privacy"));
    ObjectNode levels = manifest.putObject(PinnedLevels.LEVELS);
    released.levels().forEach(levels::put);
    manifest.put(PinnedLevels.LEVELS_FOR, PinnedLevels.purpose(workspace, export));
    segments(manifest.putArray("segments"));
    ArrayNode inForce = manifest.putArray("references");
    references.forEach(
        (name, from) -> inForce.addObject().put("name", name).put("valid_from", from));
    return manifest;
  }

  private void privacy(ObjectNode privacy) {
    Export.Privacy configured = released.export().privacy();
    privacy.put("k", released.k()).put("counts", "distinct persons");
    if (configured.l() != null) {
      privacy
          .putObject("l")
          .put("attribute", configured.l().attribute())
          .put("distinct", configured.l().distinct());
    }
    if (configured.dominance() != null) {
      privacy.putObject("dominance").put("p", configured.dominance().p());
    }
    if (configured.roundTo() != null) {
      privacy.put("round_to", configured.roundTo());
    }
    privacy.put("withheld", band(released.rows(), released.withheld()));
  }

  /**
   * How much was withheld. The lowest band holds every number from none up, so that it never says
   * that a cell that is not there is empty.
   */
  static String band(long published, long withheld) {
    long cells = published + withheld;
    if (withheld <= Math.max(FEW_CELLS, cells / 10)) {
      return "few or none";
    }
    return withheld <= cells / 2 ? "some" : "most";
  }

  /** The export's segments; the hash of those only that have a cell, lest it tell of the others. */
  private void segments(ArrayNode segments) {
    Export export = released.export();
    List<String> wanted =
        export.segments() == null || !export.segments().isArray()
            ? List.of()
            : StreamSupport.stream(export.segments().spliterator(), false)
                .map(id -> id.asText())
                .toList();
    for (Segments.Segment segment : workspace.segments().segments()) {
      if (!wanted.isEmpty() && !wanted.contains(segment.id())) {
        continue;
      }
      ObjectNode entry = segments.addObject().put("id", segment.id());
      if (segment.title() != null) {
        entry.put("title", segment.title());
      }
      if (segment.version() != null) {
        entry.put("version", segment.version());
      }
      String hash = released.definitions().get(segment.id());
      if (hash != null) {
        entry.put("definition_hash", hash);
      }
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
