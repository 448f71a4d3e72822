package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.lit;

import com.segumento.config.Export;
import com.segumento.config.Segments;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Profiles;
import com.segumento.model.ReleaseMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/**
 * What an export of cells asks for, checked.
 *
 * @param k the smallest number of distinct persons of a published cell
 * @param diversity the smallest number of distinct values of a sensitive column in a cell
 * @param dominance p of the p% rule for sums
 * @param roundTo published counts are multiples of this; 1 where they are exact
 */
record CellSettings(
    List<String> segments,
    List<Dimension> dimensions,
    List<Measure> measures,
    int k,
    Optional<Diversity> diversity,
    OptionalDouble dominance,
    int roundTo) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  CellSettings {
    segments = List.copyOf(segments);
    dimensions = List.copyOf(dimensions);
    measures = List.copyOf(measures);
  }

  /** A dimension and the level it is published at. */
  record Dimension(Field field, int level, Generalization generalization) {}

  /** A measure: a sum, or the number of persons. */
  record Measure(Field field, Optional<Sum> sum) {}

  /** Distinct l-diversity of one sensitive column; a missing value is no value. */
  record Diversity(Field attribute, int distinct) {}

  /**
   * The settings of {@code export} over tables of these columns.
   *
   * @throws ConfigException where they make no sense or can't be kept
   */
  static CellSettings of(
      Workspace workspace, Export export, StructType profiles, StructType traits) {
    Availability.require(export);
    checkNames(export);
    return new CellSettings(
        segments(workspace.segments(), export),
        export.dimensions().stream()
            .map(name -> Ladder.of(workspace, export, name, profiles))
            .map(ladder -> ladder.at(level(export, ladder.published().name(), ladder.top())))
            .toList(),
        export.measures().stream().map(measure -> measure(measure, profiles, traits)).toList(),
        export.k(workspace.platform()),
        diversity(export, profiles),
        dominance(export),
        roundTo(export, export.k(workspace.platform())));
  }

  Stream<Sum> sums() {
    return measures.stream().flatMap(measure -> measure.sum().stream());
  }

  /** The labels of what is left of the places above a person's own; none without places. */
  List<Column> others() {
    return dimensions.stream()
        .flatMap(dimension -> dimension.generalization().others().stream())
        .toList();
  }

  /** The dimensions a cell is remembered by: those that tell persons apart. */
  List<ReleaseMemory.Dimension> remembered() {
    List<ReleaseMemory.Dimension> remembered = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      Dimension dimension = dimensions.get(i);
      if (!(dimension.generalization() instanceof Generalization.Everything)) {
        remembered.add(
            new ReleaseMemory.Dimension(
                dimension.field().name(), dimension.level(), LabelPersons.label(i).col()));
      }
    }
    return remembered;
  }

  /** The labels of a cell, read from the text it is {@link #remembered} by. */
  List<Column> labels() {
    List<ReleaseMemory.Dimension> remembered = remembered();
    List<Column> labels = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      String name = dimensions.get(i).field().name();
      Column label =
          remembered.stream()
              .filter(dimension -> dimension.name().equals(name))
              .findFirst()
              .map(dimension -> ReleaseMemory.label(dimension, ReleaseMemory.CELL.col()))
              .orElse(lit(Cells.ANY));
      labels.add(LabelPersons.label(i).as(label));
    }
    return labels;
  }

  /** The position of the dimension of places. */
  int place() {
    return dimensions.stream()
        .map(dimension -> dimension.field().name())
        .toList()
        .indexOf(Profiles.PLACE.name());
  }

  private static void checkNames(Export export) {
    Set<String> names = new HashSet<>(Set.of(Cells.SEGMENT_ID.name()));
    if (export.measures().isEmpty()) {
      throw invalid(export, "measures", "none", "at least one, such as {name: customers}");
    }
    Stream.concat(
            export.dimensions().stream(), export.measures().stream().map(Export.Measure::name))
        .filter(name -> !NAME.matcher(name).matches() || !names.add(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw invalid(
                  export, "dimensions and measures", name, "names that differ from each other");
            });
    for (String leveled : export.levels().keySet()) {
      if (!export.dimensions().contains(leveled)) {
        throw invalid(export, "levels." + leveled, "a level", "levels of dimensions only");
      }
    }
    if (!NAME.matcher(export.name()).matches()) {
      throw ConfigException.invalid(
          "exports.name", export.name(), "a letter, then letters, digits, '_' or '-'");
    }
  }

  private static List<String> segments(Segments configured, Export export) {
    List<String> known = configured.segments().stream().map(Segments.Segment::id).toList();
    if (export.segments() == null || export.segments().asText().equals("all")) {
      return known;
    }
    Set<String> wanted = new LinkedHashSet<>();
    export.segments().forEach(id -> wanted.add(id.asText()));
    for (String id : wanted) {
      if (!known.contains(id)) {
        throw invalid(export, "segments", id, "ids of segments of the client, or all");
      }
    }
    if (wanted.isEmpty()) {
      throw invalid(export, "segments", export.segments(), "a list of segment ids, or all");
    }
    return List.copyOf(wanted);
  }

  private static int level(Export export, String dimension, int top) {
    var level = export.levels().get(dimension);
    if (level == null || !level.isIntegralNumber() || level.asInt() < 0 || level.asInt() > top) {
      throw invalid(
          export,
          "levels." + dimension,
          level == null ? "missing" : level,
          "a whole number from 0 to " + top);
    }
    return level.asInt();
  }

  private static Measure measure(Export.Measure measure, StructType profiles, StructType traits) {
    if (measure.sum() == null) {
      return new Measure(Cells.count(measure.name()), Optional.empty());
    }
    Field trait = column(traits, measure.sum());
    Field summed = trait == null ? column(profiles, measure.sum()) : trait;
    if (summed == null) {
      throw ConfigException.invalid(
          "exports.measures." + measure.name() + ".sum",
          measure.sum(),
          "a trait or a profile column of numbers");
    }
    Sum sum = Sum.of(measure.name(), summed, measure.clamp());
    return new Measure(sum.field(), Optional.of(sum));
  }

  private static Optional<Diversity> diversity(Export export, StructType profiles) {
    Export.Diversity l = export.privacy().l();
    if (l == null) {
      return Optional.empty();
    }
    Field attribute = column(profiles, l.attribute());
    if (attribute == null || l.distinct() == null || l.distinct() < 2) {
      throw invalid(export, "privacy.l", l, "a profile column and distinct of at least 2");
    }
    return Optional.of(new Diversity(attribute, l.distinct()));
  }

  private static OptionalDouble dominance(Export export) {
    Export.Dominance rule = export.privacy().dominance();
    if (rule == null) {
      return OptionalDouble.empty();
    }
    if (!(rule.p() > 0 && rule.p() <= 100)) {
      throw invalid(export, "privacy.dominance.p", rule.p(), "a percentage above 0, at most 100");
    }
    return OptionalDouble.of(rule.p());
  }

  private static int roundTo(Export export, int k) {
    Integer roundTo = export.privacy().roundTo();
    if (roundTo == null) {
      return 1;
    }
    if (roundTo < 1 || roundTo > k) {
      throw invalid(export, "privacy.round_to", roundTo, "a whole number from 1 to k (" + k + ")");
    }
    return roundTo;
  }

  static Field column(StructType table, String name) {
    return Stream.of(table.fields())
        .filter(field -> field.name().equals(name))
        .findFirst()
        .map(field -> new Field(name, field.dataType(), true))
        .orElse(null);
  }

  static ConfigException invalid(Export export, String setting, Object value, String expected) {
    return ConfigException.invalid("exports." + export.name() + "." + setting, value, expected);
  }
}
