package com.segumento.privacy.gate;

import com.segumento.lake.ParquetFooters;
import com.segumento.lake.ParquetFooters.Footer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What lies in staged Parquet files beside the rows Spark reads of them: columns its schema does
 * not name, and notes in the footer.
 */
final class StagedFooters {
  private static final String VERSION = "org.apache.spark.version";
  private static final String SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  private StagedFooters() {}

  /** Whether every file has the columns of {@code claimed}, and notes that say no more. */
  static boolean honest(SparkSession spark, List<String> files, StructType claimed) {
    return ParquetFooters.read(spark, files).stream()
        .allMatch(footer -> honest(footer, spark.version(), claimed));
  }

  static boolean honest(Footer footer, String version, StructType claimed) {
    Map<String, String> notes = footer.notes();
    return footer.columns().equals(List.of(claimed.fieldNames()))
        && Set.of(VERSION, SCHEMA).containsAll(notes.keySet())
        && version.equals(notes.getOrDefault(VERSION, version))
        && (!notes.containsKey(SCHEMA) || says(notes.get(SCHEMA), claimed));
  }

  private static boolean says(String json, StructType claimed) {
    return DataType.fromJson(json) instanceof StructType said
        && named(said).equals(named(claimed))
        && said.json().equals(json)
        && Arrays.stream(said.fields())
            .allMatch(field -> field.metadata().equals(Metadata.empty()));
  }

  private static List<String> named(StructType type) {
    return Arrays.stream(type.fields()).map(StagedFooters::named).toList();
  }

  private static String named(StructField field) {
    return field.name() + " " + field.dataType().catalogString();
  }
}
