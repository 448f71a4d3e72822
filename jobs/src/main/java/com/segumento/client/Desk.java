package com.segumento.client;

import com.segumento.config.Configuration;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.ops.Progress;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * What a request of a client is carried out with.
 *
 * @param configuration of all clients
 */
public record Desk(
    SparkSession spark,
    Lake lake,
    Secrets secrets,
    Configuration configuration,
    Progress progress) {

  /** Who asks. */
  String actor() {
    return spark.sparkContext().sparkUser();
  }

  /** Writes down a deed; names and figures only. */
  void audit(String action, String client, Map<String, String> details) {
    AuditLedger.open(spark, lake).append(actor(), action, client, details);
  }
}
