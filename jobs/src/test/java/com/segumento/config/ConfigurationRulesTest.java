package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule spoiled once in the shipped files, by the table in {@code rules.txt}. */
class ConfigurationRulesTest {
  @TempDir Path directory;

  static Stream<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    String table;
    try (var in = ConfigurationRulesTest.class.getResourceAsStream("rules.txt")) {
      table = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    for (String block : Pattern.compile("\n\n").splitAsStream(table).toList()) {
      List<String> lines = block.strip().lines().toList();
      String message = String.join("\n", lines.subList(3, lines.size()));
      cases.add(
          Arguments.of(
              lines.get(0), lines.get(1).substring(2), lines.get(2).substring(2), message));
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("cases")
  void refuses(String file, String from, String to, String message) {
    ConfigurationFiles.copy(directory).edit(file, from, to.replace("\\n", "\n"));
    assertThatThrownBy(() -> ConfigurationLoader.load(directory))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
