package com.segumento.generate;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.lake.Lake;
import com.segumento.lake.NanosecondFiles;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.StableFiles;
import com.segumento.lake.StableFooters;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the UCI Online Retail data, real invoices of a UK gift retailer, into drops of a client
 * with a profile dataset {@code customers} and an event dataset {@code invoices}.
 */
public final class OnlineRetail {
  private static final Logger LOG = LoggerFactory.getLogger(OnlineRetail.class);

  /** Name of the source, as the command line takes it. */
  public static final String NAME = "online-retail";

  /** Where the data is, from the configuration's directory. */
  public static final String FILE = "demo/online_retail.parquet";

  /** Day of the last drop. */
  public static final LocalDate LAST_DAY = RetailLines.LAST_DAY;

  private static final int RECIPE_VERSION = 1;
  private static final String CUSTOMERS = "customers";
  private static final String INVOICES = "invoices";

  private final SparkSession session;
  private final Lake lake;
  private final DropWriter writer;
  private final DatasetContract customers;
  private final DatasetContract invoices;
  private final String staging;
  private final int nights;

  private OnlineRetail(SparkSession session, Lake lake, Client client, int nights) {
    this.session = session;
    this.lake = lake;
    this.nights = nights;
    ClientId id = new ClientId(client.client());
    writer = new DropWriter(session, lake, id);
    staging = lake.layout().staging(id, "generate");
    customers = contract(client, CUSTOMERS, Kind.PROFILE, Set.of(RetailLines.COUNTRY.name()));
    invoices = contract(client, INVOICES, Kind.EVENT, Set.copyOf(RetailLines.invoiceColumns()));
    if (invoices.format() != Format.PARQUET || invoices.eventType() == null) {
      throw refused(client, "its dataset invoices is parquet and names an event_type");
    }
  }

  /**
   * Lays the drops of the last {@code nights} days up to {@link #LAST_DAY} into the client's
   * landing zone; the first of them carries the whole history. A day without invoices has no drop
   * of them.
   *
   * @param source the published file, on the driver's disk
   */
  public static List<GeneratedDrop> generate(
      SparkSession spark, Lake lake, Client client, Path source, int nights) {
    if (nights < 1) {
      throw ConfigException.invalid("generate.nights", nights, "an integer of at least 1");
    }
    LOG.info("Generating drops: client={} source={} nights={}", client.client(), NAME, nights);
    SparkSession session = StableFiles.session(spark);
    // One partition, so that the lines keep their order.
    session.conf().set("spark.sql.files.minPartitionNum", "1");
    session.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
    OnlineRetail retail = new OnlineRetail(session, lake, client, nights);
    try {
      List<GeneratedDrop> drops = retail.all(source);
      LOG.info("Generated drops: client={} drops={}", client.client(), drops.size());
      return drops;
    } finally {
      lake.objects().delete(retail.staging);
    }
  }

  private List<GeneratedDrop> all(Path source) {
    String copy = staging + "/source.parquet"; // the executors may not see the driver's disk
    lake.objects().copy(source.toUri().toString(), copy);
    RetailLines lines = new RetailLines(session.read().parquet(copy));
    List<GeneratedDrop> drops = new ArrayList<>();
    for (int night = 0; night < nights; night++) {
      LocalDate date = LAST_DAY.minusDays(nights - 1L - night);
      boolean first = night == 0;
      writer
          .write(
              customers,
              date,
              recipe(customers, first),
              folder ->
                  DropWriter.files(lines.customers(customers.token(), date), customers, folder))
          .ifPresent(drops::add);
      writer
          .write(invoices, date, recipe(invoices, first), folder -> put(lines, date, first, folder))
          .ifPresent(drops::add);
    }
    return List.copyOf(drops);
  }

  private void put(RetailLines lines, LocalDate date, boolean first, String folder) {
    String raw = staging + "/invoices";
    String time = invoices.eventTime();
    DropWriter.files(
        lines.invoices(invoices.token(), time, invoices.eventType(), date, first), invoices, raw);
    lake.objects().delete(folder);
    List<String> files = lake.objects().list(raw).stream().map(StoredObject::uri).toList();
    NanosecondFiles.copy(session, files, folder, time);
    StableFooters.sort(session, folder);
  }

  private static String recipe(DatasetContract contract, boolean first) {
    return String.join(
        "\n",
        NAME,
        Integer.toString(RECIPE_VERSION),
        Boolean.toString(first),
        DropGenerator.text(contract));
  }

  private static DatasetContract contract(
      Client client, String name, Kind kind, Set<String> columns) {
    return client.datasets().stream()
        .filter(dataset -> dataset.name().equals(name) && dataset.kind() == kind)
        .filter(dataset -> dataset.columns().keySet().equals(columns))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    client,
                    "it has a dataset "
                        + name
                        + " with the columns "
                        + columns.stream().sorted().toList()));
  }

  private static ConfigException refused(Client client, String wanted) {
    return new ConfigException(
        "The source "
            + NAME
            + " does not fit client "
            + client.client()
            + ". Choose a client of which this holds: "
            + wanted
            + ".");
  }
}
