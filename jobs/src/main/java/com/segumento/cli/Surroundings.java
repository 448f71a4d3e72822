package com.segumento.cli;

import com.segumento.lake.Stage;
import com.segumento.pipeline.Parts;
import com.segumento.privacy.questions.Margins;
import java.io.Console;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What commands take from outside. Nothing of it is made before it is asked for: help and usage
 * need no Spark.
 *
 * @param sessions how Spark is started
 * @param stages the pipeline's stages, in their order
 * @param in where a secret comes from that nobody types
 * @param console where somebody types, if anybody does
 * @param margins what is left to chance of answers
 * @param opened what the command opened of the lake
 */
record Surroundings(
    SparkStart sessions,
    Supplier<List<Stage>> stages,
    InputStream in,
    Optional<Console> console,
    Margins margins,
    Opened opened) {

  Surroundings(
      SparkStart sessions,
      Supplier<List<Stage>> stages,
      InputStream in,
      Optional<Console> console,
      Margins margins) {
    this(sessions, stages, in, console, margins, new Opened());
  }

  /** The process's own. */
  static Surroundings ofProcess() {
    return new Surroundings(
        new ProcessSpark(),
        Parts::stages,
        System.in,
        Optional.ofNullable(System.console()),
        Margins.of(new SecureRandom()));
  }
}
