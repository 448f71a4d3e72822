package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files under {@code conf/schema} are made, not written. To make them anew: {@code ./mvnw test
 * -pl udfs,jobs -Dtest=ConfigurationSchemasTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dschemas.write=true}
 */
class ConfigurationSchemasTest {
  private static final Path DIRECTORY = Repository.path("conf/schema");

  @Test
  void shippedSchemasAreThoseOfTheRecords() throws IOException {
    if (Boolean.getBoolean("schemas.write")) {
      Files.createDirectories(DIRECTORY);
      for (var file : ConfigurationSchemas.files().entrySet()) {
        Files.writeString(DIRECTORY.resolve(file.getKey()), file.getValue());
      }
    }
    TreeMap<String, String> shipped = new TreeMap<>();
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      files.forEach(
          file -> shipped.put(file.getFileName().toString(), ConfigurationFiles.text(file)));
    }
    assertThat(shipped)
        .as(
            "conf/schema differs from the records. Make it anew: ./mvnw test -pl udfs,jobs"
                + " -Dtest=ConfigurationSchemasTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dschemas.write=true")
        .isEqualTo(ConfigurationSchemas.files());
  }

  @Test
  void everyShippedFileNamesItsSchema() {
    for (String file : ConfigurationFiles.shipped()) {
      Path path = Repository.path("conf").resolve(file);
      String header = ConfigurationFiles.text(path).lines().findFirst().orElseThrow();
      String prefix = "# yaml-language-server: $schema=";
      assertThat(header).startsWith(prefix);
      assertThat(path.resolveSibling(header.substring(prefix.length()))).isRegularFile();
    }
  }
}
