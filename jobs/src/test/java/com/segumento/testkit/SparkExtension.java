package com.segumento.testkit;

import com.segumento.lake.Sessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one Spark session of their JVM: two cores, UTC, configured as in production but
 * for what suits tables of a few rows.
 */
public final class SparkExtension
    implements ParameterResolver, BeforeAllCallback, AfterAllCallback {
  /**
   * No code is generated, no plan made anew after each of its steps, none looked through for what
   * its filters imply and none checked after each rule: for tables of a few rows that takes longer
   * than it saves.
   */
  public static final Map<String, String> INTERPRETED =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.constraintPropagation.enabled", "false",
          "spark.sql.lightweightPlanChangeValidation", "false");

  private static final Map<String, String> GENERATED =
      Map.of(
          "spark.sql.codegen.wholeStage", "true",
          "spark.sql.codegen.factoryMode", "FALLBACK",
          "spark.sql.adaptive.enabled", "true",
          "spark.sql.constraintPropagation.enabled", "true",
          "spark.sql.lightweightPlanChangeValidation", "true");

  @Override
  public void beforeAll(ExtensionContext context) {
    if (generated(context)) {
      GENERATED.forEach(Holder.SESSION.conf()::set);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (generated(context)) {
      INTERPRETED.forEach(Holder.SESSION.conf()::set);
    }
  }

  private static boolean generated(ExtensionContext context) {
    return context.getRequiredTestClass().isAnnotationPresent(GeneratedCode.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Holder.SESSION;
  }

  /** The session, for tests of another engine than Jupiter. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    static final SparkSession SESSION = session();

    private static SparkSession session() {
      SparkSession.Builder builder =
          Sessions.configure(SparkSession.builder())
              .master("local[2]")
              .appName("test")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.sql.warehouse.dir", "target/spark-warehouse")
              .config("spark.sql.catalogImplementation", "in-memory");
      for (var setting : INTERPRETED.entrySet()) {
        builder = builder.config(setting.getKey(), setting.getValue());
      }
      return builder.getOrCreate();
    }
  }
}
