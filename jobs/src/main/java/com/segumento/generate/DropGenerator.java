package com.segumento.generate;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.lake.Lake;
import com.segumento.lake.StableFiles;
import com.segumento.model.ClientId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes up drops of a client from its contract. Every value is a function of the seed and of the
 * numbers of person and event, and partitions depend on the numbers of persons and events only: the
 * same arguments give the same bytes on any cluster.
 */
public final class DropGenerator {
  private static final Logger LOG = LoggerFactory.getLogger(DropGenerator.class);

  /** Part of every drop's id: to be raised whenever the same arguments give other bytes. */
  private static final int RECIPE_VERSION = 2;

  private static final int ROWS_PER_FILE = 100_000;

  /** Later nights carry little of what their persons do; more persons share a file. */
  private static final int ROWS_PER_FILE_OF_LATER_NIGHTS = 5 * ROWS_PER_FILE;

  private final Lake lake;
  private final Client client;
  private final GeneratorSettings settings;
  private final SparkSession session;
  private final People people;
  private final Pincodes pincodes;

  private DropGenerator(
      SparkSession session, Lake lake, Client client, GeneratorSettings settings) {
    this.lake = lake;
    this.client = client;
    this.settings = settings;
    this.session = session;
    people = new People(session, settings, tokens(client, settings.seed()));
    pincodes = new Pincodes(session);
  }

  /**
   * Lays the drops of the last {@code settings.nights()} days into the client's landing zone, all
   * datasets of a night before the next night. A drop that came out empty is left out, as of a
   * night on which a handful of persons did nothing.
   */
  public static List<GeneratedDrop> generate(
      SparkSession spark, Lake lake, Client client, GeneratorSettings settings) {
    LOG.info(
        "Generating drops: client={} persons={} days={} nights={}",
        client.client(),
        settings.persons(),
        settings.days(),
        settings.nights());
    DropGenerator generator = new DropGenerator(StableFiles.session(spark), lake, client, settings);
    List<GeneratedDrop> drops = generator.all();
    LOG.info(
        "Generated drops: client={} drops={} rows={}",
        client.client(),
        drops.size(),
        drops.stream().mapToLong(GeneratedDrop::rows).sum());
    return drops;
  }

  /** The rows of one drop, as they will be written. */
  static Dataset<Row> rows(
      SparkSession spark,
      Client client,
      GeneratorSettings settings,
      DatasetContract contract,
      int night) {
    Lake none = Lake.open(spark, "file:/");
    return new DropGenerator(StableFiles.session(spark), none, client, settings)
        .rows(contract, night);
  }

  private List<GeneratedDrop> all() {
    DropWriter writer = new DropWriter(session, lake, new ClientId(client.client()));
    List<GeneratedDrop> drops = new ArrayList<>();
    for (int night = 0; night < settings.nights(); night++) {
      for (DatasetContract contract : client.datasets()) {
        drop(writer, contract, night).ifPresent(drops::add);
      }
    }
    return List.copyOf(drops);
  }

  private Optional<GeneratedDrop> drop(DropWriter writer, DatasetContract contract, int night) {
    LocalDate date = settings.from().plusDays(settings.dayOfNight(night));
    return writer.write(
        contract,
        date,
        recipe(contract, night),
        folder -> DropWriter.files(rows(contract, night), contract, folder));
  }

  private Dataset<Row> rows(DatasetContract contract, int night) {
    boolean events = contract.kind() == Kind.EVENT;
    double rows = settings.persons() * (events ? settings.eventsPerPerson() : 1);
    int files =
        (int) Math.ceil(rows / (night == 0 ? ROWS_PER_FILE : ROWS_PER_FILE_OF_LATER_NIGHTS));
    return events
        ? new EventRows(settings, contract, people, pincodes).of(night, files)
        : new ProfileRows(settings, contract, people, pincodes).of(night, files);
  }

  private String recipe(DatasetContract contract, int night) {
    return String.join(
        "\n",
        Integer.toString(RECIPE_VERSION),
        client.client(),
        settings.toString(),
        Integer.toString(night),
        text(contract));
  }

  /** All of a contract, in an order that is the same in every JVM. */
  static String text(DatasetContract contract) {
    return List.of(
            contract.name(),
            contract.kind(),
            contract.mode(),
            contract.format(),
            Optional.ofNullable(contract.csv()),
            contract.token(),
            Optional.ofNullable(contract.updatedAt()),
            Optional.ofNullable(contract.eventTime()),
            Optional.ofNullable(contract.eventType()),
            contract.columns(),
            Optional.ofNullable(contract.expectations().maxQuarantined()),
            new TreeMap<>(contract.expectations().maxNull()))
        .toString();
  }

  private static Tokens tokens(Client client, long seed) {
    return new Tokens(Digests.hex("salt of " + client.client() + " for seed " + seed));
  }
}
