package com.segumento.lake;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Looks at files where the work is done, in one job; what comes back grows with their number. */
final class OnExecutors {
  private static final int MOST_TASKS = 64;

  private OnExecutors() {}

  /** What is done with a file. */
  @FunctionalInterface
  interface Look<T extends Serializable> extends Serializable {
    T at(Configuration hadoop, String uri) throws IOException;
  }

  /** What {@code look} gives for each file, in the order of {@code uris}. */
  static <T extends Serializable> List<T> each(
      SparkSession spark, List<String> uris, Look<T> look) {
    if (uris.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    try {
      return context
          .parallelize(uris, Math.min(uris.size(), MOST_TASKS))
          .map(uri -> look.at(hadoop.value().value(), uri))
          .collect();
    } finally {
      hadoop.destroy();
    }
  }
}
