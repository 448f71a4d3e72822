package com.segumento.cli;

import com.segumento.lake.Sessions;
import com.segumento.lake.Stage;
import com.segumento.pipeline.Parts;
import java.io.Console;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * What commands take from outside. Nothing of it is made before it is asked for: help and usage
 * need no Spark.
 *
 * @param sessions Spark session by application name
 * @param stages the pipeline's stages, in their order
 * @param in where a secret comes from that nobody types
 * @param console where somebody types, if anybody does
 */
record Surroundings(
    Function<String, SparkSession> sessions,
    Supplier<List<Stage>> stages,
    InputStream in,
    Optional<Console> console) {

  /** The process's own. */
  static Surroundings ofProcess() {
    return new Surroundings(
        name -> Sessions.configure(SparkSession.builder().appName(name)).getOrCreate(),
        Parts::stages,
        System.in,
        Optional.ofNullable(System.console()));
  }
}
