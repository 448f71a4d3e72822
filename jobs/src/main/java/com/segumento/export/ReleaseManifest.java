package com.segumento.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.DifferentialPrivacy;
import com.segumento.config.Export;
import com.segumento.config.PlainRule;
import com.segumento.config.PrivacyBudget;
import com.segumento.config.Segments;
import com.segumento.config.Taxonomy;
import com.segumento.lake.Workspace;
import com.segumento.model.PriorLists.PriorList;
import com.segumento.privacy.DestinationKey;
import com.segumento.privacy.Released;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What a release's manifest says: nothing the release itself does not say, but for the rules it was
 * made by and how much was withheld, in bands that hold many cells, or persons, each.
 *
 * @param references the reference data in force, by name: first day of validity
 */
record ReleaseManifest(
    Workspace workspace, Released released, Map<String, String> references, Occasion occasion) {
  private static final int FORMAT = 1;
  private static final long FEW_CELLS = 10;
  private static final String UNIT =
      "One person, added with all its data or left out, who stands in one cell of each segment; who"
          + " has moved of late and stands in several is charged to the budget for each.";
  private static final String GIVEN =
      "Which cells are published, and with which release the persons behind each change. Both are"
          + " chosen by true numbers of persons, in groups of k or more, and are not differentially"
          + " private.";
  private static final String BASIC =
      "Epsilons of newly drawn noise add up over the releases of the client's budget; noise that is"
          + " published again costs nothing.";
  private static final String CONCENTRATED =
      "Zero-concentrated losses of newly drawn noise add up over the releases of the client's"
          + " budget, and are stated at its delta; noise that is published again costs nothing.";

  /** One published file. */
  record PublishedFile(String path, long bytes, long rows, String sha256) {
    private void describe(ObjectNode file) {
      file.put("path", path).put("bytes", bytes).put("rows", rows).put("sha256", sha256);
    }
  }

  ObjectNode describe(List<PublishedFile> files) {
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
    occasion.mark(manifest);
    ArrayNode listed = manifest.putArray("files");
    files.forEach(file -> file.describe(listed.addObject()));
    if (export.kind() == Export.Kind.AUDIENCE) {
      manifest
          .putObject(PriorAudience.DESTINATION)
          .put("id", export.destination().id())
          .put(PriorAudience.KEY_ID, DestinationKey.of(workspace, export).id());
    }
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
      diversity(privacy.putObject("l"), configured.l());
    }
    if (configured.t() != null) {
      privacy
          .putObject("t")
          .put("attribute", configured.t().attribute())
          .put("max", configured.t().max())
          .put(
              "distance",
              configured.t().distance() == null ? "equal" : lower(configured.t().distance()));
    }
    suppressionLimit(privacy);
    if (configured.dominance() != null) {
      privacy.putObject("dominance").put("p", configured.dominance().p());
    }
    if (configured.roundTo() != null) {
      privacy.put("round_to", configured.roundTo());
    }
    if (configured.dp() != null) {
      noise(privacy.putObject("dp"), configured.dp());
    }
    long few = few(released.export().kind(), released.k());
    privacy.put("withheld", band(released.rows(), released.withheld(), few));
  }

  /** How many cells, or persons, are few however few there are in all. */
  static long few(Export.Kind kind, int k) {
    return switch (kind) {
      case CELLS -> FEW_CELLS;
      case RECORDS, AUDIENCE -> FEW_CELLS * k;
    };
  }

  /** What differential privacy there is, for whom, and given what. */
  private void noise(ObjectNode dp, DifferentialPrivacy asked) {
    dp.put("mechanism", lower(asked.mechanism())).put("epsilon", asked.epsilon());
    if (asked.delta() != null) {
      dp.put("delta", asked.delta());
    }
    PrivacyBudget budget = workspace.client().privacyBudget();
    PrivacyBudget.Period period = budget.period(workspace.date(), workspace.client().agreement());
    dp.put("unit", UNIT)
        .put("given", GIVEN)
        .put("composition", asked.delta() == null ? BASIC : CONCENTRATED);
    ObjectNode whole = dp.putObject("budget").put("epsilon", budget.epsilon());
    if (budget.delta() != null) {
      whole.put("delta", budget.delta());
    }
    whole.put("from", period.first().toString()).put("to", period.last().toString());
  }

  private static void diversity(ObjectNode model, Export.Diversity l) {
    model.put("attribute", l.attribute());
    if (l.distinct() != null) {
      model.put("distinct", l.distinct());
    } else if (l.entropy() != null) {
      model.put("entropy", l.entropy());
    } else {
      model.putObject("recursive").put("c", l.recursive().c()).put("l", l.recursive().l());
    }
  }

  private void suppressionLimit(ObjectNode privacy) {
    Export export = released.export();
    Double configured = export.privacy().suppressionLimit();
    if (export.kind() == Export.Kind.RECORDS) {
      privacy.put("suppression_limit", configured == null ? 0 : configured);
    } else if (export.searchesLevels() || configured != null) {
      privacy.put("suppression_limit", export.suppressionLimit());
    }
  }

  /**
   * How much was withheld. The lowest band holds every number from none up, so that it never says
   * that a cell that is not there is empty.
   *
   * @param few are held to be few, however few there are in all
   */
  static String band(long published, long withheld, long few) {
    long cells = published + withheld;
    if (withheld <= Math.max(few, cells / 10)) {
      return "few or none";
    }
    return withheld <= cells / 2 ? "some" : "most";
  }

  /**
   * The export's segments and what they mean; the hash of those only that have a cell, lest it tell
   * of the others.
   */
  private void segments(ArrayNode segments) {
    Export export = released.export();
    List<String> wanted =
        export.segments() == null || !export.segments().isArray()
            ? List.of()
            : StreamSupport.stream(export.segments().spliterator(), false)
                .map(id -> id.asText())
                .toList();
    SegmentClaims claims = new SegmentClaims(workspace, export);
    boolean everybody = export.kind() == Export.Kind.RECORDS && export.segments() == null;
    for (Segments.Segment segment :
        everybody ? List.<Segments.Segment>of() : workspace.segments().segments()) {
      if (!wanted.isEmpty() && !wanted.contains(segment.id())) {
        continue;
      }
      ObjectNode entry = segments.addObject().put("id", segment.id());
      if (segment.version() != null) {
        entry.put("version", segment.version());
      }
      if (export.kind() == Export.Kind.AUDIENCE) {
        lists(segment.id(), entry);
      } else {
        meaning(segment, entry);
      }
      String hash = released.definitions().get(segment.id());
      if (hash != null) {
        entry.put(SegmentClaims.DEFINITION, claims.named(segment.id(), hash));
      }
    }
  }

  /** Not of an audience: it would tell its destination of the persons behind the tokens. */
  private void meaning(Segments.Segment segment, ObjectNode entry) {
    if (segment.title() != null) {
      entry.put("title", segment.title());
    }
    if (segment.taxonomy() != null) {
      taxonomy(entry.putObject("taxonomy"), Taxonomy.of(segment.taxonomy()));
    }
    entry.put("rule", new PlainRule(workspace.segments()).of(segment));
  }

  private void lists(String segment, ObjectNode entry) {
    PriorList prior = released.prior().bySegment().get(segment);
    if (prior != null) {
      entry.put(PriorAudience.PREVIOUS, prior.run());
    }
    if (released.definitions().containsKey(segment)) {
      entry.put(PriorAudience.PUBLISHED, workspace.run());
    } else if (prior != null) {
      entry.put(PriorAudience.PUBLISHED, prior.run());
    }
  }

  private static void taxonomy(ObjectNode entry, Taxonomy taxonomy) {
    taxonomy.iab().ifPresent(id -> entry.put("iab", id));
    if (!taxonomy.path().isEmpty()) {
      ArrayNode path = entry.putArray("path");
      taxonomy.path().forEach(path::add);
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
