package com.segumento.privacy.gate;

import static com.segumento.privacy.gate.Standing.CELL;
import static com.segumento.privacy.gate.Standing.FIGURE;
import static com.segumento.privacy.gate.Standing.PERSON;
import static com.segumento.privacy.gate.Standing.SEGMENT;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Looks for totals of which it can be told, by subtracting their parts now and as they stood with
 * an earlier release, that 1 to k-1 persons have come to what is left or have left it ({@link
 * GrowthOfTotal}). All that persons did at a total and its parts of one shape ({@link
 * PartsOfTotals}) is read in their order. All cells of a shape are a total together, as whoever has
 * them has their sum.
 */
final class PublishedGrowth implements MapPartitionsFunction<Row, Row> {
  private static final StructType SCHEMA =
      Field.schema(SEGMENT, PartsOfTotals.TOTAL, PartsOfTotals.OF);

  private static final long serialVersionUID = 1L;
  private static final Field RELEASE = ReleaseMemory.RELEASE;
  private static final Field DATE = ReleaseMemory.BUSINESS_DATE;
  private static final Field CHANGE = ReleaseMemory.CHANGE;

  /** 1 for who came to the total or left a part of it, -1 for the others. */
  private static final Field MORE = Field.required("more", DataTypes.LongType);

  /** By how many the total itself has grown. */
  private static final Field GROWN = Field.required("grown", DataTypes.LongType);

  private static final Field KNOWN = Field.required("known", DataTypes.BooleanType);

  /** Before all persons: the releases that changed anything. */
  private static final byte[] NOBODY = {};

  private final int k;
  private final long release;
  private final LocalDate oldest;

  /**
   * A search.
   *
   * @param k fewer of whom nothing may be told
   * @param release the one that is judged
   * @param oldest a set that was replaced before this business date is not remembered any more
   */
  PublishedGrowth(int k, long release, LocalDate oldest) {
    this.k = k;
    this.release = release;
    this.oldest = oldest;
  }

  /** What {@link #telling} looks at, to be kept for it. */
  Dataset<Row> parts(Dataset<Row> alike, Dataset<Row> unlike) {
    return new PartsOfTotals(k, release)
        .of(PartsOfTotals.withEverybody(alike), PartsOfTotals.withEverybody(unlike));
  }

  /**
   * Segments, totals and shapes of parts.
   *
   * @param alike rows of cells of the release's shape and segments
   * @param unlike rows of cells of other shapes of the same segments
   * @param parts of {@link #parts}
   */
  Dataset<Row> telling(Dataset<Row> alike, Dataset<Row> unlike, Dataset<Row> parts) {
    Dataset<Row> memory =
        PartsOfTotals.withEverybody(alike.unionByName(unlike))
            .filter(FIGURE.col().equalTo(ReleaseMemory.PERSONS));
    Dataset<Row> deeds = deeds(memory, parts);
    return deeds
        .unionByName(releases(deeds))
        .repartition(of())
        .sortWithinPartitions(of(PERSON.col(), RELEASE.col()))
        .mapPartitions(this, Encoders.row(SCHEMA));
  }

  private static Column[] of(Column... more) {
    Column[] of = {SEGMENT.col(), PartsOfTotals.TOTAL.col(), PartsOfTotals.OF.col()};
    return Stream.concat(Stream.of(of), Stream.of(more)).toArray(Column[]::new);
  }

  /** All that was done at totals, and at their parts. */
  private static Dataset<Row> deeds(Dataset<Row> memory, Dataset<Row> parts) {
    Dataset<Row> totals = parts.select(of()).distinct();
    Dataset<Row> atTotals =
        memory.join( // n:m, by shapes of parts
            totals.withColumn(CELL.name(), PartsOfTotals.TOTAL.col()), key());
    Dataset<Row> atParts =
        memory.join( // n:m, a cell is a part of few
            parts.withColumnRenamed(PartsOfTotals.PART.name(), CELL.name()), key());
    return rows(atTotals, CHANGE.col(), CHANGE.col())
        .unionByName(rows(atParts, CHANGE.col().multiply(-1), lit(0)));
  }

  private static Dataset<Row> releases(Dataset<Row> deeds) {
    return deeds
        .groupBy(of(RELEASE.col()))
        .agg(
            PERSON.as(lit(NOBODY)),
            KNOWN.as(lit(true)),
            DATE.as(max(DATE.col())),
            MORE.as(lit(0L)),
            GROWN.as(sum(GROWN.col())));
  }

  private static String[] key() {
    return Standing.names(SEGMENT, CELL);
  }

  private static Dataset<Row> rows(Dataset<Row> memory, Column more, Column grown) {
    return memory.select(
        SEGMENT.col(),
        PartsOfTotals.TOTAL.col(),
        PartsOfTotals.OF.col(),
        PERSON.col(),
        KNOWN.as(length(PERSON.col()).equalTo(Cells.KEY_BYTES)),
        RELEASE.col(),
        DATE.col(),
        MORE.as(more.cast(MORE.type())),
        GROWN.as(grown.cast(GROWN.type())));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> found = new ArrayList<>();
    Set<List<String>> read = new HashSet<>();
    GrowthOfTotal growth = new GrowthOfTotal(k, release, oldest, List.of());
    while (rows.hasNext()) {
      Row row = rows.next();
      List<String> of = List.of(row.getString(0), row.getString(1), row.getString(2));
      if (!growth.of().equals(of)) {
        addTo(found, growth);
        growth = new GrowthOfTotal(k, release, oldest, of);
        // Of a total in pieces nothing would be found.
        if (!read.add(of)) {
          throw new IllegalStateException("The persons of a total are not read in one go");
        }
      }
      byte[] person = row.getAs(PERSON.name());
      long when = row.<Long>getAs(RELEASE.name());
      if (person.length == 0) {
        Date date = row.getAs(DATE.name());
        growth.released(when, date.toLocalDate(), row.<Long>getAs(GROWN.name()));
      } else {
        growth.did(person, row.getAs(KNOWN.name()), when, row.<Long>getAs(MORE.name()));
      }
    }
    addTo(found, growth);
    return found.iterator();
  }

  private static void addTo(List<Row> found, GrowthOfTotal growth) {
    if (growth.tells()) {
      found.add(RowFactory.create(growth.of().toArray()));
    }
  }
}
