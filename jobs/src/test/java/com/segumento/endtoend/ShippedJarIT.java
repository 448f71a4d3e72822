package com.segumento.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The one file that is submitted: all that Spark lacks, and nothing that Spark has. */
class ShippedJarIT {
  private static final String BROUGHT_BY_SPARK =
      "(spark|hadoop|parquet|scala|slf4j|log4j|jackson-(core|databind|annotations|module))-.*";

  @Test
  void bringsDeltaAndNothingSparkAlreadyHas() throws IOException {
    Set<String> shipped = classes(Repository.path("jobs/target/segumento.jar"));
    assertThat(shipped)
        .contains(
            "com/segumento/cli/Segumento.class",
            "com/segumento/udf/PersonKey.class",
            "io/delta/tables/DeltaTable.class",
            "picocli/CommandLine.class");
    Set<String> there = new TreeSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Path.of(entry).getFileName().toString().matches(BROUGHT_BY_SPARK)) {
        there.addAll(classes(Path.of(entry)));
      }
    }
    assertThat(there).contains("org/apache/spark/sql/SparkSession.class");
    assertThat(shipped).doesNotContainAnyElementsOf(there);
  }

  private static Set<String> classes(Path jar) throws IOException {
    Set<String> classes = new TreeSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .forEach(classes::add);
    }
    return classes;
  }
}
