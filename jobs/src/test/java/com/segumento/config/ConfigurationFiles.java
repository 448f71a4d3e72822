package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the shipped configuration that a test may spoil. */
record ConfigurationFiles(Path directory) {

  /** All shipped YAML files, relative to {@code conf}. */
  static List<String> shipped() {
    Path conf = Repository.path("conf");
    try (Stream<Path> files = Files.walk(conf)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .map(file -> conf.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConfigurationFiles copy(Path directory) {
    ConfigurationFiles copy = new ConfigurationFiles(directory);
    for (String file : shipped()) {
      copy.write(file, text(Repository.path("conf").resolve(file)));
    }
    return copy;
  }

  /** Replaces the first occurrence of a text that has to be there. */
  ConfigurationFiles edit(String file, String from, String to) {
    String text = text(directory.resolve(file));
    int at = text.indexOf(from);
    assertThat(at).as("%s has %s", file, from).isNotNegative();
    return write(file, text.substring(0, at) + to + text.substring(at + from.length()));
  }

  ConfigurationFiles write(String file, String text) {
    return write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  ConfigurationFiles write(String file, byte[] bytes) {
    try {
      Path path = directory.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
