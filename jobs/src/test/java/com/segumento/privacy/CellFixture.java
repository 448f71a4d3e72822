package com.segumento.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Role;
import com.segumento.config.Export;
import com.segumento.config.Platform;
import com.segumento.config.PrivacyBudget;
import com.segumento.config.Segments;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.Workspace;
import com.segumento.model.Cells;
import com.segumento.model.ClientId;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.SegmentCodes;
import com.segumento.ops.Progress;
import com.segumento.testkit.Declared;
import com.segumento.testkit.Definitions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A client's tables on one night, a few persons a cell, under k = 3. */
public final class CellFixture {
  public static final LocalDate DATE = LocalDate.of(2026, 3, 1);
  public static final ClientId CLIENT = new ClientId("acme");

  /** Cells of 4, 3 and 2 persons; the sum of the second has 2 contributors only. */
  public static final String INSIGHT =
      "{name: insight, kind: cells, segments: [a, b], dimensions: [age, gender, place],"
          + " levels: {age: 1, gender: 0, place: 1}, measures: [{name: customers},"
          + " {name: spend, sum: spend_90d, clamp: [0, 1000]}], privacy: {k: 3}, format: parquet}";

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();
  private static final StructType PROFILES =
      Field.schema(
          Persons.PERSON_KEY,
          Field.optional("age", DataTypes.IntegerType),
          Field.optional("gender", DataTypes.StringType),
          Field.optional("income_band", DataTypes.StringType),
          Profiles.PLACE);
  private static final StructType TRAITS =
      Field.schema(
          Persons.PERSON_KEY, Field.optional("spend_90d", DataTypes.createDecimalType(22, 2)));

  private final SparkSession spark;
  private final Path directory;
  private final Lake lake;
  private final List<Row> profiles = new ArrayList<>();
  private final List<Row> traits = new ArrayList<>();
  private final List<Row> memberships = new ArrayList<>();
  private final Map<String, Integer> codes = new LinkedHashMap<>();
  private final List<Row> redefined = new ArrayList<>();
  private int persons;
  private PrivacyBudget budget;
  private int memoryDays = 400;
  private LocalDate lastDay = LocalDate.of(2026, 12, 31);

  public CellFixture(SparkSession spark, Path directory) {
    this.spark = spark;
    this.directory = directory;
    this.lake = Lake.open(spark, directory.resolve("lake").toUri().toString());
  }

  /** What exports with noise may spend, from YAML; none unless this is said. */
  public CellFixture budget(String yaml) {
    budget = read(yaml, PrivacyBudget.class);
    return this;
  }

  /** How long releases are remembered; 400 days unless this is said. */
  public CellFixture memoryDays(int days) {
    memoryDays = days;
    return this;
  }

  /** The last day of the agreement; the end of 2026 unless this is said. */
  public CellFixture agreedUntil(LocalDate date) {
    lastDay = date;
    return this;
  }

  /** The persons of {@link #INSIGHT}. */
  public CellFixture insight() {
    for (int spend : new int[] {100, 200, 300, 90000}) {
      person(23, "f", "low", "Pune", spend, "a", "b", "c");
    }
    person(24, "m", "low", "Pune", 50, "a");
    person(25, "m", "high", "Pune", null, "a");
    person(26, "m", "low", "Pune", 70, "a");
    for (int i = 0; i < 3; i++) {
      person(null, "f", i == 0 ? "high" : "low", null, 10, "a");
    }
    person(20, "x", "low", "Pune", 10, "a");
    person(20, "x", "high", "Pune", 10, "a");
    repeatLast();
    nobody(20, "x", "a");
    return this;
  }

  /** One person, its profile, traits and segments. */
  public void person(
      Integer age, String gender, String income, String district, Integer spend, String... in) {
    Row place =
        district == null
            ? place(null, null, null, null, null)
            : place("411001", district, "Maharashtra", "west", "India");
    resident(age, gender, income, place, spend, in);
  }

  /** One person of a place. */
  public void resident(
      Integer age, String gender, String income, Row place, Integer spend, String... in) {
    add(key(persons++), age, gender, income, place, spend, in);
  }

  /** A place, of which null is not known. */
  public static Row place(
      String pincode, String district, String state, String zone, String country) {
    return RowFactory.create(pincode, district, state, zone, country, null, "metro", null, null);
  }

  /** The last person's rows once more, everywhere. */
  public void repeatLast() {
    profiles.add(profiles.get(profiles.size() - 1));
    traits.add(traits.get(traits.size() - 1));
    memberships.add(memberships.get(memberships.size() - 1));
  }

  /** Rows whose key is none. */
  public void nobody(Integer age, String gender, String... in) {
    for (byte[] key : new byte[][] {{}, {0}}) {
      Row place = place("411001", "Pune", "Maharashtra", "west", "India");
      add(key, age, gender, "middle", place, 10, in);
    }
  }

  private void add(
      byte[] key,
      Integer age,
      String gender,
      String income,
      Row place,
      Integer spend,
      String... in) {
    profiles.add(RowFactory.create(key, age, gender, income, place));
    traits.add(RowFactory.create(key, spend == null ? null : BigDecimal.valueOf(spend)));
    if (in.length > 0) {
      int[] segments = Stream.of(in).mapToInt(this::code).sorted().toArray();
      Date[] since = Collections.nCopies(in.length, Date.valueOf(DATE)).toArray(Date[]::new);
      memberships.add(RowFactory.create(Date.valueOf(DATE), key, segments, since));
    }
  }

  private int code(String segment) {
    return codes.computeIfAbsent(segment, id -> codes.size() + redefined.size() + 1);
  }

  /** Who comes next to a segment comes by another definition of it. */
  public void redefine(String segment) {
    redefined.add(RowFactory.create(codes.remove(segment), segment, "old-hash-of-" + segment));
  }

  /** Writes the tables as they are on another night, in place of those before. */
  public CellFixture night(LocalDate date) {
    Date night = Date.valueOf(date);
    List<Row> members =
        memberships.stream()
            .map(row -> RowFactory.create(night, row.get(1), row.get(2), row.get(3)))
            .toList();
    overwrite(Profiles.NAME, PROFILES, profiles, date);
    overwrite("traits", TRAITS, traits, date);
    overwrite(Memberships.NAME, Memberships.SCHEMA, members, date);
    return this;
  }

  private void overwrite(String table, StructType schema, List<Row> rows, LocalDate date) {
    lake.tables()
        .overwrite(
            lake.layout().table(CLIENT, table),
            spark.createDataFrame(rows, schema),
            Commit.of(Map.of("stage", "segment", "date", date.toString(), "run", date + "-1")));
  }

  /** Nobody any more; who comes next is new. */
  public void everybodyLeaves() {
    profiles.clear();
    traits.clear();
    memberships.clear();
  }

  /** Who comes next is this one. */
  public void nextIs(int person) {
    persons = person;
  }

  /** Persons of these numbers, the last not among them, who differ in nothing. */
  public void people(int from, int to, String gender, String district, String segment) {
    nextIs(from);
    for (int number = from; number < to; number++) {
      person(20, gender, "low", district, 10, segment);
    }
  }

  /** Writes the tables. */
  public CellFixture write() {
    write(Profiles.NAME, PROFILES, profiles, List.of());
    write("traits", TRAITS, traits, List.of());
    write(
        Memberships.NAME,
        Memberships.SCHEMA,
        memberships,
        List.of(Memberships.BUSINESS_DATE.name()));
    List<Row> defined = new ArrayList<>(redefined);
    codes.forEach((id, code) -> defined.add(RowFactory.create(code, id, "hash-of-" + id)));
    write(SegmentCodes.NAME, SegmentCodes.SCHEMA, defined, List.of());
    writeHierarchy();
    return this;
  }

  private void writeHierarchy() {
    try {
      Files.createDirectories(directory.resolve("hierarchies"));
      Files.writeString(directory.resolve("hierarchies/gender.csv"), "f;binary;*\nm;binary;*\n");
      Files.writeString(
          directory.resolve("hierarchies/income.csv"), "low;low;*\nmiddle;more;*\nhigh;more;*\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String table, StructType schema, List<Row> rows, List<String> partitions) {
    String path = lake.layout().table(CLIENT, table);
    Declared.table(lake, path, schema, partitions);
    lake.tables()
        .append(
            path,
            spark.createDataFrame(rows, schema),
            Commit.of(Map.of("stage", "segment", "date", DATE.toString(), "run", DATE + "-1")));
  }

  public Lake lake() {
    return lake;
  }

  /** A workspace of run {@code <date>-<n>} with these exports. */
  public Workspace workspace(int n, String... exports) {
    return workspace(DATE, n, exports);
  }

  /** A workspace of another date. */
  public Workspace workspace(LocalDate date, int n, String... exports) {
    return new Workspace(
        spark,
        lake,
        secrets(),
        new Platform(
            lake.layout().root(),
            Map.of(),
            new Platform.PrivacyFloor(5, 3, 100, memoryDays),
            365,
            null),
        client(List.of(exports).stream().map(CellFixture::export).toList()),
        new Segments(
            Map.of(),
            List.of("a", "b", "c", "d", "e").stream()
                .map(
                    id ->
                        Definitions.segment(
                            "{id: %1$s, title: Segment %1$s, version: 1, taxonomy: Retail | Shoppers, where: 'true'}"
                                .formatted(id)))
                .toList(),
            Map.of()),
        date,
        date + "-" + n,
        directory,
        Progress.SILENT);
  }

  /** An export from its YAML. */
  public static Export export(String yaml) {
    return read(yaml, Export.class);
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Client client(List<Export> exports) {
    Map<String, DatasetContract.ColumnContract> columns = new LinkedHashMap<>();
    columns.put(
        "age", column("int", Role.QUASI, new DatasetContract.Hierarchy(List.of(10L), null)));
    columns.put(
        "gender", column("string", Role.QUASI, new DatasetContract.Hierarchy(null, "gender.csv")));
    columns.put(
        "income_band",
        column("string", Role.SENSITIVE, new DatasetContract.Hierarchy(null, "income.csv")));
    DatasetContract customers =
        new DatasetContract(
            "customers",
            DatasetContract.Kind.PROFILE,
            DatasetContract.Mode.UPSERT,
            DatasetContract.Format.CSV,
            null,
            new DatasetContract.Token(
                "customer_hash", DatasetContract.Token.Scheme.SHA256_HEX, true),
            null,
            null,
            null,
            columns,
            new DatasetContract.Expectations(1L, null, 0.1, null, null));
    return new Client(
        CLIENT.value(),
        new Client.Agreement(
            "MSA-1",
            LocalDate.of(2026, 1, 1),
            lastDay,
            "in",
            List.of(Client.Purpose.SEGMENTATION),
            false,
            false),
        new Client.Keys("acme.person.key"),
        List.of(customers),
        null,
        null,
        exports,
        new Client.Retention(730, 30, 7, 90, 0, null, false),
        budget);
  }

  private static DatasetContract.ColumnContract column(
      String type, Role role, DatasetContract.Hierarchy hierarchy) {
    List<String> allowed = role == Role.SENSITIVE ? List.of("low", "middle", "high") : null;
    return new DatasetContract.ColumnContract(
        type, null, null, null, allowed, null, null, role, null, hierarchy, null);
  }

  private Secrets secrets() {
    Configuration hadoop = new Configuration(false);
    hadoop.set(
        "hadoop.security.credential.provider.path",
        "jceks://file" + directory.resolve("secrets.jceks").toAbsolutePath());
    try {
      CredentialProvider provider = CredentialProviderFactory.getProviders(hadoop).get(0);
      if (provider.getCredentialEntry("ops.manifest.key") == null) {
        provider.createCredentialEntry(
            "ops.manifest.key", "a secret of at least thirty-two bytes".toCharArray());
        provider.createCredentialEntry(
            "acme.person.key", "what persons of the client are keyed by".toCharArray());
        provider.flush();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new Secrets(hadoop);
  }

  /** The key of the n-th person. */
  public static byte[] key(int person) {
    return ByteBuffer.allocate(Cells.KEY_BYTES).putInt(person).array();
  }
}
