package com.segumento.testkit;

import com.segumento.config.Client;
import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.config.ProfileSchema;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.model.ClientId;
import com.segumento.model.Events;
import com.segumento.model.Persons;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A lake with the tables of the shipped client {@code acme} as ingest and enrich leave them, for
 * persons 0 to {@link #PERSONS}: of age 20 + number / 10, each with a postal code of its own, every
 * second in Kerala, the others in Goa. The first {@link #BUYERS} have bought for 6000 on the day,
 * number 0 for 9000.
 */
public final class AcmeLake {
  public static final int PERSONS = 400;
  public static final int BUYERS = 150;
  public static final LocalDate DATE = LocalDate.of(2026, 2, 27);
  public static final ClientId ID = new ClientId("acme");

  /** Below the folder of clients. */
  private static final Map<String, byte[]> FILES = new ConcurrentHashMap<>();

  private AcmeLake() {}

  /** The shipped configuration over a lake at {@code root}. */
  public static Configuration configuration(String root) {
    Configuration read = ConfigurationLoader.load(Repository.path("conf"), ID);
    return new Configuration(
        read.directory(), read.platform().withLake(root), read.clients(), read.segments());
  }

  /**
   * Writes the tables; into a folder of this machine, as copies of those that were written first.
   */
  public static Lake write(SparkSession spark, String root) {
    Lake lake = Lake.open(spark, root);
    if (!root.startsWith("file:")) {
      compute(spark, lake);
    } else if (FILES.isEmpty()) {
      compute(spark, lake);
      FILES.putAll(read(Path.of(URI.create(root)).resolve("clients")));
    } else {
      copy(Path.of(URI.create(root)).resolve("clients"));
    }
    return lake;
  }

  private static Map<String, byte[]> read(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static void copy(Path folder) {
    try {
      for (var file : FILES.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compute(SparkSession spark, Lake lake) {
    String root = lake.layout().root();
    Client client = configuration(root).client(ID);
    StructType profile = ProfileSchema.of(client);
    List<Row> persons = new ArrayList<>();
    List<Row> orders = new ArrayList<>();
    for (int person = 0; person < PERSONS; person++) {
      persons.add(profile(profile, person));
      if (person < BUYERS) {
        orders.add(
            RowFactory.create(
                key(person),
                Timestamp.valueOf(DATE.atTime(12, 0)),
                "purchase",
                new BigDecimal(person == 0 ? "9000.00" : "6000.00"),
                "grocery",
                "web",
                Date.valueOf(DATE),
                Date.valueOf(DATE),
                "drop"));
      }
    }
    write(lake, Profiles.NAME, spark, persons, profile, List.of());
    write(lake, "orders", spark, orders, orders(), List.of(Events.EVENT_DATE.name()));
  }

  /** The key of a person. */
  public static byte[] key(int person) {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (0xA0 + i % 7);
    }
    key[30] = (byte) (person / 256);
    key[31] = (byte) person;
    return key;
  }

  private static Row profile(StructType schema, int person) {
    StructType placeType = (StructType) Profiles.PLACE.type();
    Object[] place = new Object[placeType.size()];
    place[placeType.fieldIndex(Places.STATE.name())] = person % 2 == 0 ? "Kerala" : "Goa";
    Object[] values = new Object[schema.size()];
    values[0] = key(person);
    values[schema.fieldIndex("age")] = 20 + person / 10;
    values[schema.fieldIndex("gender")] = person % 3 == 0 ? "f" : "m";
    values[schema.fieldIndex("pincode")] = Integer.toString(600_000 + person);
    values[schema.fieldIndex(Profiles.PLACE.name())] = RowFactory.create(place);
    return RowFactory.create(values);
  }

  private static StructType orders() {
    return new StructType()
        .add(Persons.PERSON_KEY.structField())
        .add("ordered_at", DataTypes.TimestampType)
        .add("kind", DataTypes.StringType)
        .add("amount", DataTypes.createDecimalType(12, 2))
        .add("category", DataTypes.StringType)
        .add("channel", DataTypes.StringType)
        .add(Events.EVENT_DATE.structField())
        .add(Events.DROP_DATE.structField())
        .add(Events.DROP_ID.structField());
  }

  private static void write(
      Lake lake,
      String table,
      SparkSession spark,
      List<Row> rows,
      StructType schema,
      List<String> partitionedBy) {
    String path = lake.layout().table(ID, table);
    Declared.table(lake, path, schema, partitionedBy);
    lake.tables()
        .overwrite(
            path,
            spark.createDataFrame(rows, schema),
            Commit.of(Map.of("stage", "test", "date", DATE.toString(), "run", DATE + "-1")));
  }
}
