package com.segumento.bench;

import com.segumento.config.ProfileSchema;
import com.segumento.config.Segments;
import com.segumento.lake.Commit;
import com.segumento.lake.Sessions;
import com.segumento.lake.Workspace;
import com.segumento.model.Events;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import com.segumento.ops.Progress;
import com.segumento.segment.SegmentFixtures;
import com.segumento.segment.SegmentStage;
import com.segumento.testkit.Definitions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * How the time of the segment stage grows with the number of definitions: 10, 100 and 1,000
 * segments over the same persons, then 10 and 1,000 segments over 300 traits, then what looks at
 * all persons; each size runs twice in this process, and its first run counts, with all code that
 * has to be generated for it. Prints Markdown. Arguments: a new folder, the number of persons, and
 * sizes like {@code 1000x10} where others are wanted.
 */
public final class SegmentScale {
  private static final LocalDate DATE = LocalDate.of(2026, 1, 31);
  private static final int EVENTS_A_PERSON = 10;

  /** Segments and traits. */
  private static final List<String> SIZES =
      List.of(
          "10x10",
          "100x10",
          "1000x10",
          "10x300",
          "1000x300",
          "ranks",
          "rfm",
          "cluster",
          "lookalike");

  /** What looks at all persons, on top of 10 segments and 10 traits. */
  private static final Map<String, String> SURVEYS =
      Map.of(
          "ranks",
          """
          traits: {t: {tile: {by: t1, bins: 10}}, u: {tile: {by: t2, bins: 100}}}
          segments:
            - {id: r1, rank: {by: t1, top: 10%}}
            - {id: r2, rank: {by: t2, bottom: "1000"}}
            - {id: r3, rank: {by: age, top: 10%, among: s0}}
          """,
          "rfm",
          """
          traits: {rfm: {rfm: {from: orders, where: "kind = 'purchase'", value: amount}}}
          segments: [{id: champions, where: "rfm.group = 'Champions'"}]
          """,
          "cluster",
          """
          traits: {habit: {cluster: {features: [t0, t1, t2, age], k: "2..5"}}}
          segments: [{id: first, where: "habit = 1"}]
          """,
          "lookalike",
          """
          traits: {}
          segments: [{id: alike, lookalike: {seed: s0, size: 5%, features: [t0, t1, t2, age]}}]
          """);

  private SegmentScale() {}

  public static void main(String[] arguments) {
    SparkSession spark =
        Sessions.configure(SparkSession.builder().master("local[2]"))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();
    Workspace none = SegmentFixtures.workspace(spark, arguments[0], Segments.NONE, DATE, 50);
    write(none, arguments[1]);
    run(none, definitions(20, 10)); // what no size should pay for: loading and compiling the engine
    System.out.println(
        "| | segments | traits | seconds | traits s | memberships s | again s | memberships |\n"
            + "|---|---:|---:|---:|---:|---:|---:|---:|");
    List<String> sizes = List.of(arguments).subList(2, arguments.length);
    for (String each : sizes.isEmpty() ? SIZES : sizes) {
      Segments definitions = definitions(each);
      Run first = run(none, definitions);
      Run again = run(none, definitions);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %d | %.1f | %.1f | %.1f | %.1f | %,d |%n",
          each,
          definitions.segments().size(),
          definitions.traits().size(),
          first.seconds(),
          first.steps().get(0),
          first.steps().get(1),
          again.seconds(),
          first.memberships());
    }
    spark.stop();
  }

  private record Run(double seconds, List<Double> steps, long memberships) {}

  private static Run run(Workspace like, Segments definitions) {
    List<Double> steps = new ArrayList<>();
    Progress progress =
        new Progress() {
          private long from;

          @Override
          public void begin(String step) {
            from = System.nanoTime();
          }

          @Override
          public void end(String outcome) {
            steps.add((System.nanoTime() - from) / 1e9);
          }
        };
    Workspace workspace =
        new Workspace(
            like.spark(),
            like.lake(),
            like.secrets(),
            like.platform(),
            like.client(),
            definitions,
            like.date(),
            like.run(),
            like.configDirectory(),
            progress);
    long from = System.nanoTime();
    var report = new SegmentStage().run(workspace);
    return new Run((System.nanoTime() - from) / 1e9, steps, report.counts().get("memberships"));
  }

  private static Segments definitions(String size) {
    if (SURVEYS.containsKey(size)) {
      return definitions(10, 10).with(Definitions.segments(SURVEYS.get(size)));
    }
    int[] numbers = Stream.of(size.split("x")).mapToInt(Integer::parseInt).toArray();
    return definitions(numbers[0], numbers[1]);
  }

  private static Segments definitions(int segments, int traits) {
    Map<String, Segments.Trait> byName = new LinkedHashMap<>();
    String[] aggregates = {"count", "sum(amount)", "max(amount)", "days_since_last"};
    for (int i = 0; i < traits; i++) {
      String where = "kind = 'purchase' and amount > " + i % 50;
      byName.put(
          "t" + i,
          SegmentFixtures.trait(where, 30 + i % 90 + "d", aggregates[i % aggregates.length]));
    }
    Segments.Segment[] rules = new Segments.Segment[segments];
    for (int j = 0; j < segments; j++) {
      String where =
          "t%d > %d and age between %d and %d and (gender = 'f' or place.tier = 'metro')"
              .formatted(j % traits, 1 + j % 7, 18 + j % 50, 19 + j % 50);
      rules[j] = SegmentFixtures.segment("s" + j, where);
    }
    return SegmentFixtures.segments(byName, rules);
  }

  private static void write(Workspace workspace, String persons) {
    long size = Long.parseLong(persons);
    Dataset<Row> profiles = profiles(workspace, size);
    Dataset<Row> orders =
        workspace
            .spark()
            .range(size * EVENTS_A_PERSON)
            .selectExpr(
                "unhex(sha2(cast(pmod(xxhash64(id), " + size + ") as string), 256)) as person_key",
                "if(id % 3 = 0, 'view', 'purchase') as kind",
                "cast(pmod(xxhash64(id, 1), 100000) / 100 as decimal(12,2)) as amount",
                "date_sub(date '"
                    + DATE
                    + "', cast(pmod(xxhash64(id, 2), 200) as int)) as event_date")
            .withColumn("ordered_at", Events.EVENT_DATE.col().cast("timestamp"));
    put(workspace, Profiles.NAME, profiles, ProfileSchema.of(workspace.client()), List.of());
    put(
        workspace,
        "orders",
        orders,
        new StructType()
            .add("person_key", "binary")
            .add("ordered_at", "timestamp")
            .add("kind", "string")
            .add("amount", "decimal(12,2)")
            .add("category", "string")
            .add("event_date", "date"),
        List.of(Events.EVENT_DATE.name()));
  }

  private static Dataset<Row> profiles(Workspace workspace, long size) {
    return workspace
        .spark()
        .range(size)
        .selectExpr(
            "unhex(sha2(cast(id as string), 256)) as person_key",
            "cast(18 + pmod(xxhash64(id), 60) as int) as age",
            "if(id % 2 = 0, 'f', 'm') as gender",
            "if(id % 3 = 0, 'metro', 'rural') as tier")
        .withColumn("place", tier());
  }

  private static Column tier() {
    StructType place = (StructType) Profiles.PLACE.type();
    return functions
        .struct(
            Stream.of(place.fields())
                .map(
                    field ->
                        field.name().equals(Places.TIER.name())
                            ? Places.TIER.col()
                            : functions.lit(null).cast(field.dataType()).as(field.name()))
                .toArray(Column[]::new))
        .cast(place.asNullable());
  }

  private static void put(
      Workspace workspace, String name, Dataset<Row> rows, StructType schema, List<String> by) {
    String path = workspace.lake().layout().table(workspace.clientId(), name);
    workspace.lake().tables().declare(path, schema.asNullable(), by);
    Commit note = Commit.of(Map.of("stage", "bench", "date", DATE.toString(), "run", "bench"));
    workspace.lake().tables().overwrite(path, rows.to(schema.asNullable()), note);
  }
}
