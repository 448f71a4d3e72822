package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.privacy.anonymize.Packed;
import com.segumento.privacy.lattice.Groups;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Who is in which segment with what values, compressed to the distinct combinations of a segment,
 * the values of dimensions and the sensitive value, with the number of persons that share each;
 * segments of fewer than k are left out. One aggregation of the sources, kept until {@link #close};
 * the values of the dimensions are those of all persons of the client, and are found before.
 */
final class Members implements AutoCloseable {
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  private static final Field ATTRIBUTE = Field.required("attribute", DataTypes.IntegerType);
  private static final Field PATH = Rungs.path("path");
  private static final Field VALUE = Field.required("one value", DataTypes.StringType);
  private static final Field CODE = Field.required("its code", DataTypes.IntegerType);
  private static final Field SEGMENT = Field.required("segment", DataTypes.IntegerType);
  private static final Field IN_SEGMENT = Field.required("in segment", DataTypes.LongType);
  private static final Field SENSITIVE = LabelPersons.SENSITIVE;

  private final List<Rungs> rungs;
  private final List<String> segments;
  private final List<List<List<String>>> paths; // by dimension, then sensitive values
  private final boolean diverse;
  private final Dataset<Row> counted;

  private Members(
      CellSettings settings,
      List<Rungs> rungs,
      List<List<List<String>>> paths,
      Dataset<Row> counted) {
    this.rungs = rungs;
    this.segments = settings.segments();
    this.diverse = settings.diversity().isPresent();
    this.paths = paths;
    this.counted = counted;
  }

  /** The same under other levels to choose from. */
  private Members(Members all, List<Rungs> rungs) {
    this.rungs = List.copyOf(rungs);
    this.segments = all.segments;
    this.diverse = all.diverse;
    this.paths = all.paths;
    this.counted = all.counted;
  }

  /**
   * The combinations.
   *
   * @param settings segments and the sensitive column
   * @param members segment and person key
   * @param profiles one row a person
   */
  static Members of(
      CellSettings settings, List<Rungs> rungs, Dataset<Row> members, Dataset<Row> profiles) {
    Dataset<Row> persons = new LabelValues(settings, rungs).apply(profiles);
    List<List<List<String>>> paths = LabelValues.distinct(rungs, persons);
    return new Members(
        settings,
        rungs,
        paths,
        ofLargeSegments(counting(settings.segments(), rungs, paths, members, persons), settings.k())
            .persist(StorageLevel.MEMORY_AND_DISK()));
  }

  /** No levels help a segment of fewer than k, so it has no say in them. */
  private static Dataset<Row> ofLargeSegments(Dataset<Row> counted, int k) {
    return counted
        .withColumn(IN_SEGMENT.name(), sum(PERSONS.col()).over(Window.partitionBy(SEGMENT.col())))
        .filter(IN_SEGMENT.col().geq(k))
        .drop(IN_SEGMENT.name());
  }

  private static Field code(int d) {
    return Field.required("code " + d, DataTypes.IntegerType);
  }

  /** The plan of the aggregation: values to codes, then one row a person, then one grouping. */
  static Dataset<Row> counting(
      List<String> segments,
      List<Rungs> rungs,
      List<List<List<String>>> paths,
      Dataset<Row> members,
      Dataset<Row> persons) {
    Dataset<Row> rows = persons;
    for (int d = 0; d < rungs.size(); d++) {
      Hierarchy hierarchy = rungs.get(d).hierarchy(paths.get(d), rungs.get(d).high());
      int[] first = hierarchy.representatives(rungs.get(d).first() - rungs.get(d).low());
      rows =
          coded(
              rows,
              LabelValues.dimension(d),
              code(d),
              paths.get(d),
              hierarchy,
              first,
              rungs.get(d));
    }
    rows = sensitiveCoded(rows, paths.get(rungs.size()));
    Dataset<Row> inSegments = // n:1, a segment's id is listed once
        members
            .join(broadcast(listed(members, segments)), VALUE.col().equalTo(Cells.SEGMENT_ID.col()))
            .withColumn(SEGMENT.name(), CODE.col())
            .select(SEGMENT.col(), Persons.PERSON_KEY.col());
    List<Column> values = new ArrayList<>(List.of(SEGMENT.col()));
    IntStream.range(0, rungs.size()).forEach(d -> values.add(code(d).col()));
    Column[] once =
        Stream.concat(values.stream(), Stream.of(Persons.PERSON_KEY.col())).toArray(Column[]::new);
    values.add(SENSITIVE.col());
    return inSegments
        .join(rows, Persons.PERSON_KEY.name()) // n:1, one profile a person
        .groupBy(once)
        .agg(SENSITIVE.as(max(SENSITIVE.col())))
        .groupBy(values.toArray(Column[]::new))
        .agg(PERSONS.as(count(lit(1))));
  }

  /** Puts the code of the first value that has the same label at the first level in its place. */
  private static Dataset<Row> coded(
      Dataset<Row> rows,
      Field dimension,
      Field as,
      List<List<String>> paths,
      Hierarchy hierarchy,
      int[] first,
      Rungs rungs) {
    List<Row> lines = new ArrayList<>();
    for (int code = 0; code < paths.size(); code++) {
      int raised = first[hierarchy.generalize(code, rungs.first() - rungs.low())];
      lines.add(RowFactory.create(paths.get(code).toArray(String[]::new), raised));
    }
    Dataset<Row> codes = rows.sparkSession().createDataFrame(lines, Field.schema(PATH, CODE));
    return rows.join( // n:1, each path is listed once
            broadcast(codes), dimension.col().equalTo(PATH.col()))
        .withColumn(as.name(), CODE.col())
        .drop(PATH.name(), CODE.name(), dimension.name());
  }

  private static Dataset<Row> sensitiveCoded(Dataset<Row> rows, List<List<String>> values) {
    List<String> texts = values.stream().map(value -> value.get(0)).toList();
    return rows.join( // n:1, each value is listed once
            broadcast(listed(rows, texts)), VALUE.col().equalTo(SENSITIVE.col()), "left")
        .withColumn(SENSITIVE.name(), CODE.col())
        .drop(VALUE.name(), CODE.name());
  }

  private static Dataset<Row> listed(Dataset<Row> rows, List<String> texts) {
    List<Row> lines =
        IntStream.range(0, texts.size())
            .mapToObj(code -> RowFactory.create(texts.get(code), code))
            .toList();
    return rows.sparkSession().createDataFrame(lines, Field.schema(VALUE, CODE));
  }

  /** The levels there are to choose from, by dimension. */
  List<Rungs> rungs() {
    return rungs;
  }

  /**
   * The combinations once for each level of a dimension of which one level splits what a lower one
   * joined; so that each time, what the search takes for one cell is what is published as one.
   */
  List<Members> views() {
    return Rungs.views(rungs, paths).stream().map(view -> new Members(this, view)).toList();
  }

  /** How many combinations there are, and persons in them, each once a segment. */
  record Size(long combinations, long persons) {}

  Size size() {
    Row row = counted.agg(count(lit(1)), coalesce(sum(PERSONS.col()), lit(0L))).first();
    return new Size(row.getLong(0), row.getLong(1));
  }

  /** Of the segments, then of the dimensions up to these levels, from each one's lowest. */
  List<Hierarchy> hierarchies(int... levels) {
    List<Hierarchy> hierarchies = new ArrayList<>();
    hierarchies.add(
        Hierarchy.of(Cells.SEGMENT_ID.name(), segments.stream().map(List::of).toList()));
    for (int d = 0; d < levels.length; d++) {
      hierarchies.add(rungs.get(d).hierarchy(paths.get(d), levels[d]));
    }
    return hierarchies;
  }

  /** The combinations at {@code levels}: with the first code of each label. */
  Dataset<Row> at(int... levels) {
    Dataset<Row> rows = counted;
    List<Column> keys = new ArrayList<>(List.of(SEGMENT.col()));
    for (int d = 0; d < levels.length; d++) {
      keys.add(code(d).col());
      if (rungs.get(d).apart() || levels[d] > rungs.get(d).first()) {
        int level = rungs.get(d).index(levels[d]);
        Hierarchy hierarchy = rungs.get(d).hierarchy(paths.get(d), levels[d]);
        int[] first = hierarchy.representatives(level);
        List<Row> lines =
            IntStream.range(0, hierarchy.values())
                .mapToObj(c -> RowFactory.create(c, first[hierarchy.generalize(c, level)]))
                .toList();
        Dataset<Row> codes =
            rows.sparkSession().createDataFrame(lines, Field.schema(CODE, ATTRIBUTE));
        rows = // n:1, each code is listed once
            rows.join(broadcast(codes), code(d).col().equalTo(CODE.col()))
                .withColumn(code(d).name(), ATTRIBUTE.col())
                .drop(CODE.name(), ATTRIBUTE.name());
      }
    }
    keys.add(SENSITIVE.col());
    return rows.groupBy(keys.toArray(Column[]::new)).agg(PERSONS.as(sum(PERSONS.col())));
  }

  /** Persons in classes below {@code k} where nothing but the segment and one dimension counts. */
  long below(int k, int dimension, int level) {
    int[] levels = rungs.stream().mapToInt(Rungs::first).toArray();
    levels[dimension] = level;
    Column few = when(PERSONS.col().lt(k), PERSONS.col()).otherwise(0L);
    return at(levels)
        .groupBy(SEGMENT.col(), code(dimension).col())
        .agg(PERSONS.as(sum(PERSONS.col())))
        .agg(coalesce(sum(few), lit(0L)))
        .first()
        .getLong(0);
  }

  /** Brings the combinations at {@code levels} to the driver. */
  Groups groups(int... levels) {
    int columns = levels.length + 2;
    Packed rows = Packed.joined(Packed.of(at(levels), columns), columns);
    int[] sensitive = rows.codes()[columns - 1];
    List<Groups.SensitiveCounts> counts = new ArrayList<>();
    if (diverse) {
      List<List<String>> known = paths.get(rungs.size());
      List<List<String>> domain = known.isEmpty() ? List.of(List.of("")) : known;
      int[] offsets = new int[rows.size() + 1];
      int[] values = new int[rows.size()];
      long[] persons = new long[rows.size()];
      int at = 0;
      for (int i = 0; i < rows.size(); i++) {
        if (sensitive[i] != Packed.NONE) { // a missing value is none
          values[at] = sensitive[i];
          persons[at++] = rows.last()[i];
        }
        offsets[i + 1] = at;
      }
      counts.add(
          new Groups.SensitiveCounts(
              Hierarchy.of(SENSITIVE.name(), domain), offsets, values, persons));
    }
    int[][] codes = java.util.Arrays.copyOf(rows.codes(), columns - 1);
    return new Groups(codes, rows.last(), Collections.unmodifiableList(counts), null)
        .joined(hierarchies(levels));
  }

  @Override
  public void close() {
    counted.unpersist();
  }
}
