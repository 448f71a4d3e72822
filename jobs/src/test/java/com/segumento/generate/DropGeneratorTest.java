package com.segumento.generate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Csv;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Token.Scheme;
import com.segumento.lake.FileProbe;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.model.ClientId;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class DropGeneratorTest {
  private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
  private static final GeneratorSettings SETTINGS = GeneratorSettings.of(400, 30, 7, FROM, 2);
  private static final GeneratorSettings ONE_NIGHT = GeneratorSettings.of(400, 30, 7, FROM, 1);
  private static final String PINCODE = "pincode is null or pincode rlike '^[1-9][0-9]{5}$'";
  private static final Map<Scheme, String> FORMS =
      Map.of(
          Scheme.SHA256_HEX, "^[0-9a-f]{64}$",
          Scheme.SHA512_HEX, "^[0-9a-f]{128}$",
          Scheme.UUID, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
          Scheme.OPAQUE, "^[A-Za-z0-9_=+/-]{16,128}$");

  @TempDir Path directory;

  @Test
  void writesTheSameBytesAgainWhateverTheSessionsPartitions(SparkSession spark) {
    Client client = SampleClients.shop();
    Lake first = lake(spark, "first");
    SparkSession other = spark.newSession();
    other.conf().set("spark.sql.shuffle.partitions", "7");
    other.conf().set("spark.sql.leafNodeDefaultParallelism", "5");
    Lake second = lake(other, "second");
    List<GeneratedDrop> drops = DropGenerator.generate(spark, first, client, SETTINGS);
    assertThat(DropGenerator.generate(other, second, client, SETTINGS)).isEqualTo(drops);
    assertThat(drops)
        .extracting(GeneratedDrop::dataset, GeneratedDrop::date)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("customers", FROM.plusDays(28)),
            org.assertj.core.groups.Tuple.tuple("orders", FROM.plusDays(28)),
            org.assertj.core.groups.Tuple.tuple("customers", FROM.plusDays(29)),
            org.assertj.core.groups.Tuple.tuple("orders", FROM.plusDays(29)));
    for (GeneratedDrop drop : drops) {
      assertThat(manifest(second, drop)).isEqualTo(manifest(first, drop));
    }
  }

  @Test
  void rowsDependOnTheirPersonNotOnTheirPartition(SparkSession spark) {
    Client client = SampleClients.shop();
    DatasetContract orders = client.datasets().get(1);
    People people = new People(spark, SETTINGS, new Tokens("salt"));
    EventRows rows = new EventRows(SETTINGS, orders, people, new Pincodes(spark));
    Dataset<Row> whole = rows.of(0, 1);
    Dataset<Row> split = rows.of(0, 13);
    assertThat(whole.exceptAll(split).union(split.exceptAll(whole)).isEmpty()).isTrue();
  }

  @ParameterizedTest(name = "{0} with {1} tokens")
  @CsvSource({"CSV, OPAQUE", "JSON, SHA512_HEX", "PARQUET, UUID"})
  void saysInTheManifestWhatLiesThere(Format format, Scheme scheme, SparkSession spark)
      throws Exception {
    Csv csv = new Csv(";", "'", "\\", false);
    Client client = SampleClients.shop(format, scheme, format == Format.CSV ? csv : null);
    Lake lake = lake(spark, "lake");
    for (GeneratedDrop drop :
        DropGenerator.generate(spark, lake, client, ONE_NIGHT.withBrokenRate(0))) {
      JsonNode manifest = new ObjectMapper().readTree(manifest(lake, drop));
      assertThat(manifest.get("dropId").asText()).isEqualTo(drop.dropId());
      assertThat(manifest.get("client").asText()).isEqualTo("shop");
      assertThat(manifest.get("dataset").asText()).isEqualTo(drop.dataset());
      assertThat(manifest.get("date").asText()).isEqualTo(drop.date().toString());
      Map<String, String> stated = new TreeMap<>();
      manifest
          .get("files")
          .forEach(file -> stated.put(file.get("path").asText(), file.get("sha256").asText()));
      assertThat(stated).isEqualTo(found(spark, lake, drop, format)).hasSize(drop.files());
      Dataset<Row> rows = read(spark, folder(lake, drop), client, drop.dataset());
      assertThat(rows.count()).isEqualTo(drop.rows());
      assertThat(rows.filter(col("customer_hash").rlike(FORMS.get(scheme))).count())
          .isEqualTo(drop.rows());
    }
  }

  @Test
  void keepsADropThatIsThereAndReplacesAnother(SparkSession spark) {
    Client client = SampleClients.shop();
    Lake lake = lake(spark, "lake");
    List<GeneratedDrop> drops = DropGenerator.generate(spark, lake, client, ONE_NIGHT);
    List<StoredObject> before = lake.objects().list(directory.resolve("lake").toUri().toString());
    assertThat(DropGenerator.generate(spark, lake, client, ONE_NIGHT)).isEqualTo(drops);
    assertThat(lake.objects().list(directory.resolve("lake").toUri().toString()))
        .isEqualTo(before)
        .extracting(StoredObject::uri)
        .noneMatch(uri -> uri.contains("_SUCCESS") || uri.contains("_temporary"));
    GeneratorSettings others = GeneratorSettings.of(300, 30, 8, FROM, 1);
    List<GeneratedDrop> replaced = DropGenerator.generate(spark, lake, client, others);
    assertThat(replaced)
        .extracting(GeneratedDrop::dropId)
        .doesNotContainAnyElementsOf(drops.stream().map(GeneratedDrop::dropId).toList());
    assertThat(lake.objects().list(directory.resolve("lake").toUri().toString()))
        .hasSameSizeAs(before);
  }

  @ParameterizedTest(name = "share of broken rows {0}: between {1} and {2}")
  @CsvSource({"0, 0, 0", "0.2, 0.17, 0.23", "1, 1, 1"})
  void breaksTheShareOfRowsThatIsSet(double rate, double low, double high, SparkSession spark) {
    Client client = SampleClients.shop();
    GeneratorSettings settings = SETTINGS.withBrokenRate(rate);
    Dataset<Row> orders = DropGenerator.rows(spark, client, settings, client.datasets().get(1), 0);
    assertThat(share(orders, "not coalesce(" + soundOrder() + ", false)")).isBetween(low, high);
    Dataset<Row> customers =
        DropGenerator.rows(spark, client, settings, client.datasets().get(0), 0);
    double slack = rate > 0 && rate < 1 ? 0.05 : 0;
    assertThat(share(customers, "not coalesce(" + soundCustomer() + ", false)"))
        .isBetween(low - slack, high + slack);
  }

  @Test
  void breaksLessThanAContractLetsBeQuarantined(SparkSession spark) {
    Client client = SampleClients.shop();
    Dataset<Row> orders =
        DropGenerator.rows(
            spark, client, GeneratorSettings.of(2000, 30, 7, FROM, 2), client.datasets().get(1), 0);
    assertThat(share(orders, "not coalesce(" + soundOrder() + ", false)")).isBetween(0.003, 0.007);
  }

  @Test
  void makesAFewPeopleVeryActive(SparkSession spark) {
    Client client = SampleClients.shop();
    GeneratorSettings settings = GeneratorSettings.of(5000, 30, 7, FROM, 1).withBrokenRate(0);
    Row row =
        DropGenerator.rows(spark, client, settings, client.datasets().get(1), 0)
            .groupBy("customer_hash")
            .agg(count(lit(1)).as("events"))
            .selectExpr("rank() over (order by events desc) as place", "events")
            .selectExpr(
                "sum(events) filter (where place <= 50) / sum(events)",
                "sum(events) / 5000.0",
                "count(1) / 5000.0")
            .head();
    assertThat(row.<Double>getAs(0)).as("share of the busiest 1 %").isBetween(0.1, 0.5);
    assertThat(((Number) row.get(1)).doubleValue()).as("events a person").isBetween(8.0, 12.0);
    assertThat(((Number) row.get(2)).doubleValue()).as("persons with events").isBetween(0.6, 0.95);
  }

  @Test
  void deliversSomeEventsLateAndSomeTwice(SparkSession spark) {
    Client client = SampleClients.shop();
    GeneratorSettings settings =
        new GeneratorSettings(2000, 30, 7, FROM, 2, 10, java.util.OptionalDouble.of(0), 0.1, 0.3);
    DatasetContract contract = client.datasets().get(1);
    Dataset<Row> last = DropGenerator.rows(spark, client, settings, contract, 1);
    assertThat(share(last, "date(ordered_at) < date'2026-01-30'")).isBetween(0.2, 0.45);
    assertThat(share(last, "date(ordered_at) between date'2026-01-27' and date'2026-01-30'"))
        .isEqualTo(1);
    double distinct = (double) last.distinct().count() / last.count();
    assertThat(distinct).isBetween(0.85, 0.95);
  }

  @Test
  void sendsOnlyNewAndChangedProfilesOnLaterNights(SparkSession spark) {
    Client client = SampleClients.shop();
    GeneratorSettings settings = GeneratorSettings.of(4000, 30, 7, FROM, 2).withBrokenRate(0);
    DatasetContract contract = client.datasets().get(0);
    Dataset<Row> first = DropGenerator.rows(spark, client, settings, contract, 0);
    Dataset<Row> later = DropGenerator.rows(spark, client, settings, contract, 1);
    long known = later.join(first, "customer_hash").count();
    long all = later.count();
    assertThat(first.count() + all - known).as("everybody").isEqualTo(4000);
    assertThat(known).as("about one in a hundred changed").isBetween(20L, 70L);
    assertThat(all - known).as("one day of thirty of the tenth who join").isBetween(3L, 30L);
    assertThat(share(later, "date(updated_at) = date'2026-01-30'")).isEqualTo(1);
    assertThat(share(first, "pincode is null")).isBetween(0.02, 0.04);
  }

  @Test
  void plansBuiltInExpressionsAndOneBroadcastOnly(SparkSession spark) {
    Client client = SampleClients.shop();
    for (DatasetContract contract : client.datasets()) {
      String plan =
          DropGenerator.rows(spark, client, SETTINGS, contract, 1)
              .queryExecution()
              .executedPlan()
              .toString();
      assertThat(plan)
          .contains("Range (0, 400")
          .doesNotContain(
              "NestedLoop", "Cartesian", "UDF", "Python", "SortMergeJoin", "Exchange hash");
      assertThat(plan.contains("BroadcastHashJoin")).isEqualTo(contract.name().equals("customers"));
    }
  }

  private static String soundOrder() {
    return "customer_hash rlike '^[0-9a-f]{64}$' and amount between 0 and 1000000"
        + " and category in ('grocery', 'fashion', 'books') and note like 'note %'"
        + " and kind in ('view', 'cart', 'purchase')"
        + " and date(ordered_at) between date'2026-01-01' and date'2026-01-29'";
  }

  private static String soundCustomer() {
    return "customer_hash rlike '^[0-9a-f]{64}$' and age between 0 and 120"
        + " and gender in ('f', 'm', 'x') and income_band in ('low', 'middle', 'high')"
        + " and score between 0 and 1 and newsletter is not null"
        + " and loyalty_since <= date'2026-01-29' and ("
        + PINCODE
        + ")";
  }

  private static double share(Dataset<Row> rows, String condition) {
    return ((Number) rows.selectExpr("avg(if(" + condition + ", 1.0d, 0.0d))").head().get(0))
        .doubleValue();
  }

  private static Map<String, String> found(
      SparkSession spark, Lake lake, GeneratedDrop drop, Format format) {
    List<String> uris =
        lake.objects().list(folder(lake, drop)).stream()
            .map(StoredObject::uri)
            .filter(uri -> !uri.endsWith("_MANIFEST.json"))
            .toList();
    FileProbe.Kind kind =
        switch (format) {
          case CSV -> FileProbe.Kind.TEXT_WITH_HEADER;
          case JSON -> FileProbe.Kind.TEXT;
          case PARQUET -> FileProbe.Kind.PARQUET;
        };
    Map<String, String> found = new TreeMap<>();
    for (FileProbe.Found file : FileProbe.probe(spark, uris, kind)) {
      assertThat(file.problem()).isEmpty();
      found.put(file.uri().substring(file.uri().lastIndexOf('/') + 1), file.sha256());
    }
    return found;
  }

  private static Dataset<Row> read(
      SparkSession spark, String folder, Client client, String dataset) {
    DatasetContract contract =
        client.datasets().stream().filter(one -> one.name().equals(dataset)).findFirst().get();
    return switch (contract.format()) {
      case PARQUET -> spark.read().parquet(folder);
      case JSON ->
          spark
              .read()
              .schema(new StructType().add("customer_hash", DataTypes.StringType))
              .json(folder);
      case CSV ->
          spark
              .read()
              .option("header", "true")
              .option("delimiter", ";")
              .option("quote", "'")
              .csv(folder);
    };
  }

  private Lake lake(SparkSession spark, String name) {
    return Lake.open(spark, directory.resolve(name).toUri().toString());
  }

  private static String folder(Lake lake, GeneratedDrop drop) {
    return lake.layout().landing(new ClientId("shop"), drop.dataset(), drop.date());
  }

  private static String manifest(Lake lake, GeneratedDrop drop) {
    return lake.objects().text(folder(lake, drop) + "/_MANIFEST.json").orElseThrow();
  }
}
