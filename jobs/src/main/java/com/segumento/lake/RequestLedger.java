package com.segumento.lake;

import com.segumento.model.ClientId;
import com.segumento.model.Law;
import com.segumento.model.RequestKind;
import com.segumento.model.RequestStep;
import com.segumento.model.Requests;
import com.segumento.ops.RequestRecord;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The ledger of requests, {@code ops/requests}. It is only ever added to; of the rows of a request
 * the newest holds. It grows with requests, never with persons.
 */
public final class RequestLedger {
  private final LedgerTable table;

  private RequestLedger(SparkSession spark, Lake lake) {
    this.table = new LedgerTable(spark, lake, Requests.NAME, Requests.SCHEMA);
  }

  /** The ledger of this lake. */
  public static RequestLedger open(SparkSession spark, Lake lake) {
    return new RequestLedger(spark, lake);
  }

  /** Adds steps, all or none. */
  public void append(List<RequestRecord> records) {
    if (!records.isEmpty()) {
      RequestRecord first = records.get(0);
      table.append(
          records.stream().map(RequestLedger::row).toList(),
          Commit.of(Map.of("step", first.step().name(), "run", first.run())));
    }
  }

  /** What holds of each request of a client, in the order they came. */
  public List<RequestRecord> newest(ClientId client) {
    return newest(Requests.CLIENT.col().equalTo(client.value()));
  }

  /** What holds of each request of all clients, in the order they came. */
  public List<RequestRecord> newest() {
    return newest(functions.lit(true));
  }

  /** All steps of a request, from the first. */
  public List<RequestRecord> history(ClientId client, String id) {
    return records(
        Requests.CLIENT.col().equalTo(client.value()).and(Requests.REQUEST_ID.col().equalTo(id)));
  }

  private List<RequestRecord> newest(Column wanted) {
    Map<List<String>, RequestRecord> newest = new LinkedHashMap<>();
    records(wanted).forEach(record -> newest.put(List.of(record.client(), record.id()), record));
    return List.copyOf(newest.values());
  }

  private List<RequestRecord> records(Column wanted) {
    return table.rows().stream()
        .flatMap(rows -> rows.filter(wanted).collectAsList().stream())
        .map(RequestLedger::record)
        .sorted(Comparator.comparing(RequestRecord::time).thenComparing(RequestRecord::step))
        .toList();
  }

  private static Row row(RequestRecord record) {
    Optional<RequestRecord.About> about = record.about();
    return RowFactory.create(
        record.id(),
        record.client(),
        orNull(about, of -> of.kind().name()),
        orNull(about, of -> of.law().name()),
        orNull(about, of -> Timestamp.from(of.received())),
        orNull(about, of -> Date.valueOf(of.deadline())),
        orNull(about, RequestRecord.About::persons),
        record.step().name(),
        Timestamp.from(record.time()),
        record.run(),
        record.details());
  }

  private static Object orNull(
      Optional<RequestRecord.About> about, Function<RequestRecord.About, Object> value) {
    return about.map(value).orElse(null);
  }

  private static RequestRecord record(Row row) {
    String kind = row.getAs(Requests.KIND.name());
    return new RequestRecord(
        row.getAs(Requests.REQUEST_ID.name()),
        row.getAs(Requests.CLIENT.name()),
        Optional.ofNullable(kind)
            .map(
                of ->
                    new RequestRecord.About(
                        RequestKind.valueOf(of),
                        Law.valueOf(row.getAs(Requests.LAW.name())),
                        row.<Timestamp>getAs(Requests.RECEIVED.name()).toInstant(),
                        row.<Date>getAs(Requests.DEADLINE.name()).toLocalDate(),
                        row.<Long>getAs(Requests.PERSONS.name()))),
        RequestStep.valueOf(row.getAs(Requests.STEP.name())),
        row.<Timestamp>getAs(Requests.TIME.name()).toInstant(),
        row.getAs(Requests.RUN.name()),
        new TreeMap<>(row.getJavaMap(row.fieldIndex(Requests.DETAILS.name()))));
  }
}
