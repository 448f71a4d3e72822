package com.segumento.privacy.gate;

import com.segumento.config.DatasetContract;
import com.segumento.config.Export;
import com.segumento.config.Segments;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What an export claims of its cells, as the definitions say it.
 *
 * @param segments that may appear
 * @param columns all columns, in order
 * @param k at least so many persons a cell
 * @param distinct at least so many values of {@code sensitive}; 0 where that is not claimed
 * @param dominance p of the p% rule; 0 where that is not claimed
 * @param roundTo counts are multiples of it
 */
record Claim(
    Set<String> segments,
    List<Field> columns,
    List<String> dimensions,
    List<Figure> figures,
    int k,
    Optional<String> sensitive,
    int distinct,
    double dominance,
    long roundTo) {

  /**
   * A measure.
   *
   * @param source the column summed; none for a count of persons
   */
  record Figure(Field field, Optional<Field> source, List<Double> clamp) {}

  /** Whether all that {@code export} promises can be checked here. */
  static boolean checkable(Export export) {
    Export.Privacy promised = export.privacy();
    boolean known = export.kind() == Export.Kind.CELLS && promised.t() == null;
    boolean diversity =
        promised.l() == null
            || (promised.l().entropy() == null
                && promised.l().recursive() == null
                && promised.l().distinct() != null);
    return known && diversity;
  }

  static Claim of(Workspace workspace, Export export, StructType profiles, StructType traits) {
    Export.Privacy promised = export.privacy();
    int floor = workspace.platform().privacy().kFloor();
    int asked = Optional.ofNullable(promised.k()).orElse(workspace.platform().privacy().defaultK());
    List<Figure> figures =
        export.measures().stream().map(measure -> figure(measure, profiles, traits)).toList();
    List<Field> columns = new ArrayList<>(List.of(Cells.SEGMENT_ID));
    export.dimensions().forEach(name -> columns.add(Cells.dimension(name)));
    figures.forEach(figure -> columns.add(figure.field()));
    return new Claim(
        segments(workspace.segments(), export),
        columns,
        export.dimensions(),
        figures,
        asked < floor ? floor : asked,
        Optional.ofNullable(promised.l()).map(Export.Diversity::attribute),
        promised.l() == null ? 0 : promised.l().distinct(),
        promised.dominance() == null ? 0 : promised.dominance().p(),
        promised.roundTo() == null ? 1L : promised.roundTo());
  }

  StructType schema() {
    return Field.schema(columns.toArray(Field[]::new));
  }

  /** The position among the labels of the one that names places; -1 where none does. */
  int place() {
    return dimensions.indexOf(Profiles.PLACE.name());
  }

  /** How {@code dimension} may generalize, by its contract; null where it may not. */
  static DatasetContract.Hierarchy hierarchy(Workspace workspace, String dimension) {
    return workspace.client().datasets().stream()
        .filter(dataset -> dataset.kind() != DatasetContract.Kind.EVENT)
        .flatMap(dataset -> Stream.ofNullable(dataset.columns().get(dimension)))
        .findFirst()
        .map(DatasetContract.ColumnContract::hierarchy)
        .orElse(null);
  }

  private static Set<String> segments(Segments known, Export export) {
    Stream<String> ids =
        export.segments() == null || export.segments().isTextual()
            ? known.segments().stream().map(Segments.Segment::id)
            : StreamSupport.stream(export.segments().spliterator(), false)
                .map(id -> id.textValue());
    return Set.copyOf(ids.toList());
  }

  private static Figure figure(Export.Measure measure, StructType profiles, StructType traits) {
    if (measure.sum() == null) {
      return new Figure(Cells.count(measure.name()), Optional.empty(), List.of());
    }
    DataType type =
        Stream.of(traits.fields(), profiles.fields())
            .flatMap(Stream::of)
            .filter(column -> column.name().equals(measure.sum()))
            .findFirst()
            .map(StructField::dataType)
            .orElseThrow();
    return new Figure(
        Cells.sum(measure.name(), type, measure.clamp()),
        Optional.of(Field.optional(measure.sum(), type)),
        measure.clamp());
  }
}
