package com.segumento.lake;

import com.segumento.model.Certificates;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The ledger of certificates, {@code ops/certificates}; rows are only added. */
public final class CertificateLedger {
  private static final Map<String, String> APPEND_ONLY = Map.of("delta.appendOnly", "true");

  private final SparkSession spark;
  private final Lake lake;
  private final String path;

  private CertificateLedger(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
    this.path = lake.layout().ops(Certificates.NAME);
  }

  /** The ledger of this lake, declared where it is not there yet. */
  public static CertificateLedger open(SparkSession spark, Lake lake) {
    CertificateLedger ledger = new CertificateLedger(spark, lake);
    lake.tables().declare(ledger.path, Certificates.SCHEMA, List.of(), APPEND_ONLY);
    return ledger;
  }

  /** Adds a certificate; one that is there already stays as it is. */
  public void append(String id, String client, String kind, Instant issuedAt, String document) {
    lake.tables()
        .append(
            path,
            spark.createDataFrame(
                List.of(RowFactory.create(id, client, kind, Timestamp.from(issuedAt), document)),
                Certificates.SCHEMA),
            Commit.once("certificate " + id, Map.of("kind", kind)));
  }

  /** The document of a certificate. */
  public Optional<String> document(String id) {
    return lake
        .tables()
        .read(path)
        .filter(Certificates.ID.col().equalTo(id))
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.<String>getAs(Certificates.DOCUMENT.name()))
        .findFirst();
  }
}
