package com.segumento.attack;

import com.segumento.access.AccessPolicy;
import com.segumento.access.Deed;
import com.segumento.access.Role;
import com.segumento.attack.Population.Delivered;
import com.segumento.config.Client;
import com.segumento.config.Platform;
import com.segumento.lake.KeptRows;
import com.segumento.lake.Workspace;
import com.segumento.model.Persons;
import com.segumento.segment.PlainConditions;
import com.segumento.testkit.Eavesdropper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Attacks on what is said, logged and left behind while a {@link Night} is published. */
final class ListeningAttacks {
  private static final int KEY_START = 8;
  private static final String KILLED = "killed/insight/part-00000.csv";

  private final SparkSession spark;
  private final Night night;

  ListeningAttacks(SparkSession spark, Night night) {
    this.spark = spark;
    this.night = night;
  }

  /** Publishes the night, and attacks. */
  List<Attack> all() throws Exception {
    Learned all = leaveBehind();
    Learned client = visible(this::ofClient);
    String heard;
    try (Eavesdropper ears = new Eavesdropper(spark)) {
      night.publish(Night.CELLS, Night.RECORDS, Night.LOOSE);
      heard = ears.heard();
    }
    Learned cleared = visible(any -> true);
    return List.of(
        logs(heard),
        messages(),
        new Attack(
            "Staging leftovers after a kill",
            "reads what a run that was killed before the gate has left, before and after the next"
                + " run",
            all,
            new Learned(client.groups() + cleared.groups(), all.of(), ""),
            "the client's role reads exports only, where nothing lies that the gate has not passed;"
                + " the next run clears staging"));
  }

  private Attack logs(String heard) throws Exception {
    Delivered one = night.population().persons().get(0);
    String literal;
    try (Eavesdropper ears = new Eavesdropper(spark);
        KeptRows kept = KeptRows.of(persons())) {
      kept.rows().filter(Persons.PERSON_KEY.col().equalTo(functions.lit(one.key()))).count();
      literal = ears.heard();
    }
    return new Attack(
        "Logs and event logs",
        "searches all that Spark and we write down for keys of persons and labels of few",
        found(literal),
        found(heard),
        "persons are joined, never named in a plan; nothing is logged of a row");
  }

  private Learned found(String heard) {
    Stream<String> keys =
        night.population().persons().stream().flatMap(person -> written(person.key()));
    Stream<String> labels = Stream.of(Population.RARE, Population.REPEATED, Population.NOBODY);
    long found = Stream.concat(keys, labels).distinct().filter(heard::contains).count();
    return Learned.of(Math.toIntExact(found), "person", "persons");
  }

  /** How a key may be written. */
  private static Stream<String> written(byte[] key) {
    byte[] start = Arrays.copyOf(key, KEY_START);
    return Stream.of(
        HexFormat.of().formatHex(start),
        HexFormat.of().withUpperCase().formatHex(start),
        HexFormat.ofDelimiter(" ").withUpperCase().formatHex(start),
        Base64.getEncoder().encodeToString(start).substring(0, KEY_START + 2),
        new String(Arrays.copyOf(key, 4), StandardCharsets.ISO_8859_1));
  }

  private Dataset<Row> persons() {
    List<Row> rows =
        night.population().persons().stream()
            .map(person -> RowFactory.create(person.key(), person.age(), person.gender()))
            .toList();
    return spark.createDataFrame(rows, PlainConditions.PERSONS);
  }

  private Attack messages() {
    return new Attack(
        "Error messages",
        "asks with conditions that fail on one person only, by dividing by zero or taking a word"
            + " for a number: that there is an error says that it is there, and the text says what"
            + " it is",
        asked(PlainConditions::bare),
        asked(PlainConditions::members),
        "a condition that fails on a row is not met, and says nothing");
  }

  private Learned asked(BiConsumer<Dataset<Row>, String> members) {
    int told = 0;
    boolean named = false;
    for (String where :
        List.of(
            "100 / (age - 41) < 1000", // one is 41
            "100 / (age - 42) < 1000", // nobody is 42
            "age <> 41 or cast(gender as int) > 0")) {
      try {
        members.accept(persons(), where);
      } catch (Exception e) { // of a job Spark throws what it does not declare
        told++;
        named |= e.toString().contains(Population.REPEATED);
      }
    }
    return new Learned(told, "answers by errors", named ? "one says the value itself" : "");
  }

  /** A file that the gate has not seen. */
  private Learned leaveBehind() throws IOException {
    Workspace workspace = night.fixture().workspace(7);
    workspace
        .lake()
        .objects()
        .write(
            workspace.lake().layout().staging(workspace.clientId(), workspace.run()) + "/" + KILLED,
            "a,\"[70, 80)\"," + Population.RARE + ",unknown,4,86.00\n");
    return visible(any -> true);
  }

  /** Files with a row of few, below prefixes that can be read; but for tables of our own. */
  private Learned visible(Predicate<String> mayRead) throws IOException {
    long found =
        Night.files(night.lake()).entrySet().stream()
            .filter(file -> !file.getKey().startsWith("clients/"))
            .filter(file -> mayRead.test(file.getKey()))
            .filter(file -> file.getValue().contains(Population.RARE))
            .count();
    return Learned.of(Math.toIntExact(found), "file", "files");
  }

  private boolean ofClient(String path) {
    Workspace workspace = night.fixture().workspace(7);
    Client client = workspace.client();
    Platform base = workspace.platform();
    Platform platform =
        new Platform(
            base.lake(),
            Map.of("in", new Platform.Region("https://s3.ap-south-1.amazonaws.com", "ap-south-1")),
            base.privacy(),
            base.usageLogDays(),
            base.alerts());
    return AccessPolicy.of(platform, client, Role.CLIENT).granted().stream()
        .filter(granted -> granted.may(Deed.READ) || granted.may(Deed.LIST))
        .anyMatch(granted -> path.startsWith(granted.prefix()));
  }
}
