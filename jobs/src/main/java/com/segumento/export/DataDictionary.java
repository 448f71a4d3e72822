package com.segumento.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Hierarchy;
import com.segumento.config.DatasetContract.Role;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences;
import com.segumento.model.Cells;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import com.segumento.privacy.FigureNoise;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Says of each column of a release what it means. */
final class DataDictionary {
  /** Member of a column: a hash of its hierarchy. */
  static final String HIERARCHY = "hierarchy_hash";

  /** Member of a measure: the column that is summed. */
  static final String SUM = "sum";

  private static final String REMAINDER =
      " '"
          + Cells.OTHER_IN
          + "X', where X is a place above: those of X who are in no other row of the same segment and"
          + " other dimensions, as their own places have too few of them.";

  private static final String NOISE =
      " Noise was added before any rounding, so the figure may be below k, or below 0; the same"
          + " persons' figure has the same noise in every release.";

  private static final String BESIDE =
      ", or where it would tell of so few beside other figures: totals and parts of it, other sums"
          + " and segments, earlier releases.";

  private final Workspace workspace;
  private final Export export;
  private final Map<String, Integer> levels;
  private final int k;

  DataDictionary(Workspace workspace, Export export, Map<String, Integer> levels, int k) {
    this.workspace = workspace;
    this.export = export;
    this.levels = levels;
    this.k = k;
  }

  /** Adds one entry a column of {@code schema}, in its order. */
  void describe(StructType schema, ArrayNode columns) {
    switch (export.kind()) {
      case CELLS -> cells(schema, columns);
      case RECORDS -> records(schema, columns);
      case AUDIENCE -> audience(schema, columns);
    }
  }

  private static void audience(StructType schema, ArrayNode columns) {
    for (StructField field : schema.fields()) {
      boolean segment = field.name().equals(Audiences.SEGMENT_ID.name());
      columns
          .addObject()
          .put("name", field.name())
          .put("type", field.dataType().catalogString())
          .put("role", segment ? "segment" : "token")
          .put(
              "meaning",
              segment
                  ? "The segment's id; see segments. Files that begin with part list who is in it,"
                      + " those with joined and left what changed since the list before, where they"
                      + " are there."
                  : "The person as this destination alone knows it: HMAC-SHA-256 of the client's"
                      + " token, in UTF-8, under the destination's key; lower-case hexadecimal"
                      + " digits.");
    }
  }

  private void records(StructType schema, ArrayNode columns) {
    for (StructField field : schema.fields()) {
      ObjectNode column =
          columns
              .addObject()
              .put("name", field.name())
              .put("type", field.dataType().catalogString());
      Role role = export.attributes().get(field.name());
      if (role == Role.QUASI) {
        generalized(field.name(), lower(role), column);
      } else {
        column
            .put("role", lower(role))
            .put("meaning", "Value of " + field.name() + ", as it is; null where not known.");
      }
    }
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private void cells(StructType schema, ArrayNode columns) {
    Map<String, FigureNoise> noise =
        export.privacy().dp() == null
            ? Map.of()
            : FigureNoise.of(export, workspace.segments(), schema);
    for (int i = 0; i < schema.size(); i++) {
      var field = schema.apply(i);
      ObjectNode column =
          columns
              .addObject()
              .put("name", field.name())
              .put("type", field.dataType().catalogString());
      int measure = i - 1 - export.dimensions().size();
      if (i == 0) {
        column.put("role", "segment").put("meaning", "The segment's id; see segments.");
      } else if (measure < 0) {
        generalized(field.name(), "dimension", column);
      } else {
        measure(export.measures().get(measure), column);
        noise(noise.get(FigureNoise.figure(export.measures().get(measure))), column);
      }
    }
  }

  private void generalized(String name, String role, ObjectNode column) {
    int level = levels.get(name);
    column
        .put("role", role)
        .put(
            "meaning",
            "Value of "
                + name
                + ", generalized; '"
                + Cells.UNKNOWN
                + "' where it is not known, '"
                + Cells.UNLISTED
                + "' where the hierarchy does not list it."
                + (rollsUp(name, level) ? REMAINDER : ""))
        .put("level", level)
        .put("level_name", levelName(name, level));
    hierarchyHash(workspace, name).ifPresent(hash -> column.put(HIERARCHY, hash));
  }

  /** A hash of the hierarchy a profile column has; nothing where it has none. */
  static Optional<String> hierarchyHash(Workspace workspace, String name) {
    Map<String, Object> hierarchies = ExportInputs.hierarchies(workspace);
    return workspace.client().datasets().stream()
        .filter(dataset -> dataset.kind() == DatasetContract.Kind.PROFILE)
        .flatMap(dataset -> Stream.ofNullable(hierarchies.get(dataset.name() + "." + name)))
        .findFirst()
        .map(ExportInputs::hash);
  }

  private static boolean rollsUp(String name, int level) {
    return name.equals(Profiles.PLACE.name())
        && level < Cells.PLACE_LEVELS.indexOf(Places.COUNTRY.name());
  }

  /** What a level of a column is called. */
  String levelName(String name, int level) {
    if (name.equals(Profiles.PLACE.name())) {
      return Cells.PLACE_LEVELS.get(level);
    }
    Hierarchy hierarchy =
        workspace.client().datasets().stream()
            .filter(dataset -> dataset.kind() == DatasetContract.Kind.PROFILE)
            .flatMap(dataset -> Stream.ofNullable(dataset.columns().get(name)))
            .findFirst()
            .map(DatasetContract.ColumnContract::hierarchy)
            .orElse(null);
    if (level == 0) {
      return "exact";
    }
    if (hierarchy != null && hierarchy.file() != null) {
      return "level " + level + " of " + hierarchy.file();
    }
    return hierarchy != null && level <= hierarchy.intervals().size()
        ? "intervals of " + hierarchy.intervals().get(level - 1)
        : Cells.ANY;
  }

  private static void noise(FigureNoise noise, ObjectNode column) {
    if (noise != null) {
      column
          .put("meaning", column.path("meaning").asText() + NOISE)
          .put("noise", noise.noise().describe())
          .put("noise_unit", noise.unit().toPlainString());
    }
  }

  private void measure(Export.Measure measure, ObjectNode column) {
    column.put("role", "measure");
    if (measure.sum() == null) {
      Integer step = export.privacy().roundTo();
      column.put(
          "meaning",
          "Number of distinct persons"
              + (step == null ? "." : ", rounded to the nearest multiple of " + step + ".")
              + " It changes by groups of "
              + k
              + " or more: until so many have come or left it is that of an earlier release.");
      return;
    }
    column
        .put(SUM, measure.sum())
        .put(
            "meaning",
            "Sum of "
                + measure.sum()
                + " over the cell's persons, each person's value brought within the clamp first;"
                + " null where fewer than "
                + k
                + " persons add something to it"
                + (export.privacy().dominance() == null ? "" : ", where few of them dominate it")
                + BESIDE)
        .putArray("clamp")
        .add(measure.clamp().get(0))
        .add(measure.clamp().get(1));
  }
}
