package com.segumento.lake;

import com.segumento.model.Certificates;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The ledger of certificates, {@code ops/certificates}; rows are only added. */
public final class CertificateLedger {
  private final LedgerTable table;

  private CertificateLedger(SparkSession spark, Lake lake) {
    this.table = new LedgerTable(spark, lake, Certificates.NAME, Certificates.SCHEMA);
  }

  /** The ledger of this lake. */
  public static CertificateLedger open(SparkSession spark, Lake lake) {
    return new CertificateLedger(spark, lake);
  }

  /** Adds a certificate; one that is there already stays as it is. */
  public void append(String id, String client, String kind, Instant issuedAt, String document) {
    table.append(
        List.of(RowFactory.create(id, client, kind, Timestamp.from(issuedAt), document)),
        Commit.once("certificate " + id, Map.of("kind", kind)));
  }

  /** The document of a certificate. */
  public Optional<String> document(String id) {
    return table.rows().stream()
        .flatMap(
            rows ->
                rows.filter(Certificates.ID.col().equalTo(id)).limit(1).collectAsList().stream())
        .map(row -> row.<String>getAs(Certificates.DOCUMENT.name()))
        .findFirst();
  }

  /** The documents of a kind about a client, in no order. */
  public List<String> documents(String client, String kind) {
    Column wanted =
        Certificates.CLIENT.col().equalTo(client).and(Certificates.KIND.col().equalTo(kind));
    return table.rows().stream()
        .flatMap(rows -> rows.filter(wanted).collectAsList().stream())
        .map(row -> row.<String>getAs(Certificates.DOCUMENT.name()))
        .toList();
  }
}
