package com.segumento.privacy.engine;

import com.segumento.lake.KeptRows;
import com.segumento.model.Cells;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Releases of cells night after night, decided by the engine itself, of members that are given and
 * on a release memory that is kept in plain Java: no table is read or written.
 */
public final class PlainNights {
  public static final String GENDER = "gender";
  public static final String PLACE = "place";

  /** What persons spend. */
  public static final Summed SPEND = new Summed("spend", "spend_90d", List.of(0.0, 1000.0));

  private static final int MEMORY_DAYS = 400;
  private static final StructType PROFILES =
      Field.schema(Field.optional(GENDER, DataTypes.StringType));

  private final SparkSession spark;
  private final int k;
  private final OptionalDouble dominance;
  private final List<Row> memory = new ArrayList<>();
  private long release;

  public PlainNights(SparkSession spark, int k) {
    this(spark, k, OptionalDouble.empty());
  }

  /** Nights of sums that the p% rule is for. */
  PlainNights(SparkSession spark, int k, OptionalDouble dominance) {
    this.spark = spark;
    this.k = k;
    this.dominance = dominance;
  }

  /**
   * A sum.
   *
   * @param name of the column it is published as
   * @param column that is added up
   * @param clamp the least and the most one person adds
   */
  public record Summed(String name, String column, List<Double> clamp) {
    public Summed {
      clamp = List.copyOf(clamp);
    }

    /** The figure by which the release memory knows it. */
    public String figure() {
      return ReleaseMemory.sum(column, clamp);
    }

    private Sum sum() {
      return Sum.of(name, Field.optional(column, DataTypes.createDecimalType(22, 2)), clamp);
    }
  }

  /**
   * A table of cells with the number of persons.
   *
   * @param by gender or place, or neither
   * @param level of the places
   */
  public record Cut(List<String> segments, List<String> by, int level, List<Summed> sums) {
    public Cut {
      segments = List.copyOf(segments);
      by = List.copyOf(by);
      sums = List.copyOf(sums);
    }

    private boolean byGender() {
      return by.contains(GENDER);
    }

    private boolean byPlace() {
      return by.contains(PLACE);
    }
  }

  /**
   * A member of a segment, by the number of {@link CellFixture#key}.
   *
   * @param places labels of its place at the cut's level and of what is left above it; empty where
   *     the cut is not by place
   * @param amounts for the sums of the cut, in its order; empty where none is known
   */
  public record Member(
      String segment, int person, String gender, List<String> places, List<BigDecimal> amounts) {
    public Member {
      places = List.copyOf(places);
      amounts = List.copyOf(amounts);
    }

    /** One for a cut of what persons spend. */
    public Member(
        String segment, int person, String gender, List<String> places, BigDecimal spend) {
      this(segment, person, gender, places, List.of(spend));
    }
  }

  /** The rows a client gets, with the columns of the release. */
  public List<Row> publish(Cut cut, List<Member> members, LocalDate date) {
    CellSettings settings = settings(cut);
    release++;
    try (KeptRows given = kept(rows(cut, members), schema(settings));
        KeptRows remembered = kept(memory, ReleaseMemory.SCHEMA);
        StandingCells cells =
            StandingCells.of(
                settings,
                given.rows(),
                remembered.rows(),
                given.rows(),
                date,
                release,
                MEMORY_DAYS,
                persons -> List.of())) {
      List<Row> rows = cells.rows().transform(new SuppressSums(settings)::apply).collectAsList();
      if (cells.changesAny()) {
        memory.addAll(cells.changes().collectAsList());
      }
      return rows;
    }
  }

  // A plan that holds the rows would be compared with all of them again and again.
  private KeptRows kept(List<Row> rows, StructType schema) {
    return KeptRows.of(spark.createDataFrame(List.copyOf(rows), schema).coalesce(1));
  }

  /** All that is remembered, of {@link ReleaseMemory#SCHEMA}. */
  public List<Row> memory() {
    return List.copyOf(memory);
  }

  /**
   * Puts other bytes in place of a person's key, others in each cell, as the erasure of a person
   * does.
   */
  public void erase(byte[] person) {
    memory.replaceAll(
        row -> {
          byte[] key = row.getAs(ReleaseMemory.PERSON_KEY.name());
          return Arrays.equals(key, person) ? withoutKey(row) : row;
        });
  }

  private static Row withoutKey(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    int key = ReleaseMemory.SCHEMA.fieldIndex(ReleaseMemory.PERSON_KEY.name());
    values[key] =
        erased(
            (byte[]) values[key],
            row.<String>getAs(ReleaseMemory.SEGMENT_ID.name()),
            row.<String>getAs(ReleaseMemory.CELL.name()));
    return new GenericRowWithSchema(values, ReleaseMemory.SCHEMA);
  }

  /** What stands in place of the key of an erased person in a cell. */
  public static byte[] erased(byte[] person, String segment, String cell) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(person);
      digest.update((segment + "\n" + cell).getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest.digest(), ReleaseMemory.ERASED_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private CellSettings settings(Cut cut) {
    List<CellSettings.Dimension> dimensions = new ArrayList<>();
    if (cut.byGender()) {
      Field column = CellSettings.column(PROFILES, GENDER);
      dimensions.add(
          new CellSettings.Dimension(Cells.dimension(GENDER), 0, new Generalization.Exact(column)));
    }
    if (cut.byPlace()) {
      int level = cut.level();
      dimensions.add(
          new CellSettings.Dimension(
              Cells.dimension(PLACE), level, new Generalization.Place(level)));
    }
    List<CellSettings.Measure> measures = new ArrayList<>();
    measures.add(new CellSettings.Measure(Cells.count("customers"), Optional.empty()));
    for (Summed summed : cut.sums()) {
      Sum sum = summed.sum();
      measures.add(new CellSettings.Measure(sum.field(), Optional.of(sum)));
    }
    return new CellSettings(
        cut.segments(), dimensions, measures, k, Optional.empty(), dominance, 1);
  }

  private static StructType schema(CellSettings settings) {
    StructType schema = Field.schema(Cells.SEGMENT_ID, Persons.PERSON_KEY);
    for (int i = 0; i < settings.dimensions().size(); i++) {
      schema = schema.add(LabelPersons.label(i).structField());
    }
    for (int i = 0; i < settings.others().size(); i++) {
      schema = schema.add(LabelPersons.other(i).structField());
    }
    List<Sum> sums = settings.sums().toList();
    for (int i = 0; i < sums.size(); i++) {
      schema = schema.add(LabelPersons.share(i, sums.get(i)).structField());
    }
    return schema.add(LabelPersons.SENSITIVE.structField());
  }

  private static List<Row> rows(Cut cut, List<Member> members) {
    return members.stream()
        .filter(member -> cut.segments().contains(member.segment()))
        .map(member -> row(cut, member))
        .toList();
  }

  private static Row row(Cut cut, Member member) {
    List<Object> values = new ArrayList<>();
    values.add(member.segment());
    values.add(CellFixture.key(member.person()));
    if (cut.byGender()) {
      values.add(member.gender());
    }
    if (cut.byPlace()) {
      values.addAll(member.places());
    }
    for (int i = 0; i < cut.sums().size(); i++) {
      values.add(i < member.amounts().size() ? member.amounts().get(i) : null);
    }
    values.add(null); // no sensitive value
    return RowFactory.create(values.toArray());
  }
}
