package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ClientId;
import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows can be copied. */
class ReadmeExamplesTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)\n```yaml\n(.*?)\n```\n");

  @TempDir Path directory;

  @Test
  void aSpecificationOfAnonymize() throws IOException {
    Path spec = directory.resolve("spec.yaml");
    Files.writeString(spec, example("input:"));
    assertThat(AnonymizeSpecLoader.load(spec).attributes()).hasSize(7);
  }

  @Test
  void exports() {
    ConfigurationFiles files = ConfigurationFiles.copy(directory);
    String acme = ConfigurationFiles.text(directory.resolve("clients/acme.yaml"));
    String examples =
        String.join(
            "\n",
            example("- name: monthly_insight"),
            example("- name: panel"),
            example("- name: activation"));
    files.write(
        "clients/acme.yaml",
        acme.substring(0, acme.indexOf("exports:")).replace("activation: false", "activation: true")
            + "exports:\n"
            + examples
            + "\n"
            + acme.substring(acme.indexOf("retention:")));
    Client client = ConfigurationLoader.load(directory, new ClientId("acme")).clients().get("acme");
    assertThat(client.exports())
        .extracting(Export::name)
        .containsExactly("monthly_insight", "panel", "activation");
  }

  private static String example(String start) {
    List<String> examples =
        EXAMPLE
            .matcher(ConfigurationFiles.text(Repository.path("README.md")))
            .results()
            .map(match -> match.group(1))
            .filter(text -> text.startsWith(start))
            .toList();
    assertThat(examples).hasSize(1);
    return examples.get(0);
  }
}
