package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpecLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A folder with a specification and the files it names. */
record Specs(Path folder) {

  /** Writes a file, its lines ended. */
  Specs file(String name, String... lines) {
    try {
      Files.writeString(
          folder.resolve(name), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A table of persons with two quasi-identifiers and a sensitive attribute. */
  Specs people() {
    return file(
            "people.csv",
            "token;age;city;illness",
            "a;21;Pune;flu",
            "b;22;Pune;flu",
            "c;23;Pune;cold",
            "d;31;Agra;cold",
            "e;32;Agra;flu",
            "f;33;Agra;asthma",
            "g;58;Leh;asthma")
        .file("city.csv", "Agra;north;*", "Leh;north;*", "Pune;west;*");
  }

  /** The report of a run of {@code yaml}. */
  AnonymizeReport run(SparkSession spark, String yaml) {
    file("spec.yaml", yaml);
    Path written = folder.resolve("spec.yaml");
    return AnonymizeJob.run(spark, AnonymizeSpecLoader.load(written), written);
  }

  /** Names of the files of a folder, hidden ones left out. */
  List<String> names(String name) {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of the one file of the result, without its header, sorted. */
  List<String> rows() {
    try {
      return Files.readAllLines(folder.resolve("out/part-00000-c000.csv")).stream()
          .skip(1)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
