package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever stands in the files, loading them ends in a configuration or in its refusal. */
class ConfigurationFuzzTest {
  private static final List<String> BITS =
      List.of(
          ": ",
          "- ",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          "&a ",
          "*a",
          "!!binary ",
          "!<x> ",
          "|\n",
          "\t",
          "\n",
          "---\n",
          "...\n",
          "%YAML 9.9\n",
          "? ",
          "<<: ",
          "null",
          "~",
          "0x",
          "1e999",
          "-.inf",
          ".nan",
          "1_0",
          "0o7",
          "99999999999999999999",
          "\u2028",
          "\uD83D\uDE00",
          "#",
          ",",
          "..",
          "auto",
          "all",
          "true");

  private static Path directory;

  @BeforeContainer
  static void copy() throws IOException {
    directory = Files.createTempDirectory("fuzz");
    ConfigurationFiles.copy(directory);
  }

  @AfterContainer
  static void remove() throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Provide
  Arbitrary<String> file() {
    return Arbitraries.of(ConfigurationFiles.shipped());
  }

  @Property(tries = 150)
  void randomBytesAreRefused(@ForAll("file") String file, @ForAll byte[] bytes) {
    assertThat(loads(file, bytes)).isFalse();
  }

  @Property(tries = 500)
  void mutatedFilesAreReadOrRefused(@ForAll("file") String file, @ForAll long seed) {
    Random random = new Random(seed);
    String text = shipped(file);
    for (int i = random.nextInt(4); i >= 0; i--) {
      text = mutate(text, random);
    }
    loads(file, text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 150)
  void mutatedBytesAreReadOrRefused(@ForAll("file") String file, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = shipped(file).getBytes(StandardCharsets.UTF_8);
    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    loads(file, bytes);
  }

  private static boolean loads(String file, byte[] bytes) {
    ConfigurationFiles files = new ConfigurationFiles(directory).write(file, bytes);
    try {
      ConfigurationLoader.load(directory);
      return true;
    } catch (ConfigException e) {
      assertThat(e.getMessage().lines())
          .isNotEmpty()
          .allMatch(line -> line.matches("[^:\\p{Cntrl}]+:[0-9]+:[0-9]+ .+"));
      return false;
    } finally {
      files.write(file, shipped(file));
    }
  }

  private static String mutate(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + random.nextInt(30));
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, at) + text.substring(to);
      case 1 -> text.substring(0, at) + text.substring(at, to).repeat(2) + text.substring(to);
      case 2 -> text.substring(0, at) + BITS.get(random.nextInt(BITS.size())) + text.substring(to);
      case 3 -> replaceWord(text, at, BITS.get(random.nextInt(BITS.size())));
      default -> text.substring(0, at) + BITS.get(random.nextInt(BITS.size())) + text.substring(at);
    };
  }

  /** Puts {@code bit} where a value stands. */
  private static String replaceWord(String text, int from, String bit) {
    int colon = text.indexOf(": ", from);
    if (colon < 0) {
      return text;
    }
    int end = colon + 2;
    while (end < text.length() && ",}]\n".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, colon + 2) + bit + text.substring(end);
  }

  private static String shipped(String file) {
    return ConfigurationFiles.text(com.segumento.testkit.Repository.path("conf").resolve(file));
  }
}
