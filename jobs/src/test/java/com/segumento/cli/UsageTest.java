package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.pipeline.Sharing;
import com.segumento.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that needs no Spark. */
class UsageTest {
  private static final String CONF = Repository.path("conf").toString();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "validate",
        "reference",
        "reference load",
        "ingest",
        "enrich",
        "segment",
        "export",
        "nightly",
        "adhoc",
        "explain",
        "anonymize",
        "status",
        "report",
        "generate",
        "secret",
        "secret create",
        "verify",
        "share",
        "policies",
        "client",
        "client export",
        "client archive",
        "client restore",
        "client offboard",
        "client hold",
        "client release"
      })
  void everyCommandHasHelpWithExamples(String command) {
    Ran help = Ran.of((command + " --help").trim().split(" "));
    String called = ("segumento " + command).trim();
    assertThat(help.status()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("Usage: " + called).contains("Examples:\n  segumento ");
  }

  @Test
  void saysItsVersion() {
    assertThat(Ran.of("--version")).isEqualTo(new Ran(0, "segumento unpackaged\n", ""));
  }

  @Test
  void refusesWhatItDoesNotKnowWithALineAndAHint() {
    assertThat(Ran.of("nigthly"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "segumento: Unmatched argument at index 0: 'nigthly'\n"
                    + "Did you mean: segumento nightly?\n"
                    + "Help: segumento --help\n"));
    assertThat(Ran.of("nightly", "--date", "2026-03-01", "--force").err())
        .isEqualTo("segumento: Unknown option: '--force'\nHelp: segumento nightly --help\n");
    assertThat(Ran.of("nightly"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "segumento: Missing required option: '--date=D'\n"
                    + "Help: segumento nightly --help\n"));
    assertThat(Ran.of())
        .isEqualTo(new Ran(2, "", "segumento: Missing command.\nHelp: segumento --help\n"));
  }

  @Test
  void refusesADateThatIsNone() {
    assertThat(Ran.of("nightly", "--date", "2026-02-30").status()).isEqualTo(2);
    assertThat(Ran.of("nightly", "--date", "2026-02-30").err())
        .startsWith(
            "segumento: Invalid value for option '--date': \"2026-02-30\". Expected a date, as in"
                + " 2026-03-01.");
  }

  @Test
  void tellsEveryProblemOfTheConfigurationBeforeItStartsSpark(@TempDir Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("clients"));
    Files.writeString(folder.resolve("platform.yaml"), "lake: 1\ncolour: red\n");
    Files.writeString(folder.resolve("clients/acme.yaml"), "client: acme\nweather: fine\n");
    Ran ran = Ran.of("nightly", "--date", "2026-03-01", "--conf", folder.toString());
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines())
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.startsWith("segumento: "))
        .anyMatch(line -> line.contains("platform.yaml:2:1 colour"))
        .anyMatch(line -> line.contains("acme.yaml:2:1 weather"));
    Ran json = Ran.of("validate", "--json", "--conf", folder.toString());
    assertThat(json.status()).isEqualTo(2);
    assertThat(json.out()).startsWith("{\"valid\":false,\"problems\":[\"");
  }

  @Test
  void theListOfCommandsCutsNoSentence() {
    Segumento.commandLine(Surroundings.ofProcess())
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(command.getCommandSpec().usageMessage().description()[0])
                    .as(name)
                    .endsWith("."));
  }

  @Test
  void saysThatThereIsNoFolderOfTheConfiguration(@TempDir Path folder) {
    Path none = folder.resolve("conf");
    String said =
        "There is no folder "
            + none
            + " with a configuration. Name the one that has platform.yaml with --conf or"
            + " SEGUMENTO_CONF.";
    for (String command : List.of("validate", "status", "nightly --date 2026-03-01")) {
      List<String> all = new ArrayList<>(List.of(command.split(" ")));
      all.addAll(List.of("--conf", none.toString()));
      assertThat(Ran.of(all.toArray(String[]::new)))
          .isEqualTo(new Ran(2, "", "segumento: " + said + "\n"));
    }
  }

  @Test
  void refusesALakeThatIsNoUri() {
    assertThat(Ran.of("status", "--lake", "my folder", "--conf", CONF))
        .isEqualTo(
            new Ran(
                2,
                "",
                "segumento: Invalid setting --lake: my folder. Expected a URI such as s3a://bucket"
                    + " or file:/var/lib/segumento.\n"));
  }

  @Test
  void refusesAClientThatIsNotConfigured() {
    assertThat(Ran.of("validate", "--client", "nobody", "--conf", CONF))
        .isEqualTo(
            new Ran(
                2,
                "",
                "segumento: clients/nobody.yaml:1:1 No client nobody is configured, as the file is"
                    + " not there. Expected one of acme, retail. For a new client, create the"
                    + " file.\n"));
  }

  @Test
  void refusesAClientIdThatClimbs() {
    Ran ran = Ran.of("validate", "--client", "../acme", "--conf", CONF);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).startsWith("segumento: Invalid client id.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"59s", "0m", "8d", "169h", "10081m", "24", "h", "-1h", "1.5h"})
  void refusesASpanNoUrlMayLive(String span) {
    assertThat(
            Ran.of(
                "share",
                "--client",
                "acme",
                "--export",
                "reach",
                "--expires",
                span,
                "--conf",
                CONF))
        .isEqualTo(
            new Ran(
                2,
                "",
                "segumento: Invalid setting --expires: "
                    + span
                    + ". Expected minutes, hours or days from 1m to 7d, as in 24h.\n"));
  }

  @Test
  void saysOfAReleaseThatItIsAdHocOrThatOneWasLeftOut() {
    assertThat(ShareCommand.notes(shared(false))).isEmpty();
    assertThat(ShareCommand.notes(shared(true)))
        .containsExactly(
            "Run 2026-03-01-1 was asked for ad hoc: it has not the segments of the nights.");
    assertThat(ShareCommand.notes(shared(false, "2026-03-01-3", "2026-03-01-2")))
        .containsExactly(
            "Run 2026-03-01-3 was asked for ad hoc and is left out. Share it with: --run"
                + " 2026-03-01-3",
            "Run 2026-03-01-2 was asked for ad hoc and is left out. Share it with: --run"
                + " 2026-03-01-2");
  }

  private static Sharing.Shared shared(boolean adhoc, String... leftOut) {
    return new Sharing.Shared(
        "2026-03-01-1",
        LocalDate.of(2026, 3, 1),
        adhoc,
        List.of(leftOut),
        Instant.EPOCH,
        List.of());
  }

  @Test
  void takesSpansUpToWhatS3Allows() {
    assertThat(ShareCommand.span("1m")).isEqualTo(Duration.ofMinutes(1));
    assertThat(ShareCommand.span("168h")).isEqualTo(Duration.ofDays(7));
    assertThat(ShareCommand.span("7d")).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void refusesWhatAnonymizeIsNotToDoBeforeSparkStarts(@TempDir Path folder) throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            input: {path: people.csv, format: csv}
            attributes: {city: {role: quasi, hierarchy: city.csv}}
            privacy: {k: 1}
            output: {path: out, format: csv}
            """);

    Ran refused = Ran.of("anonymize", "--spec", spec.toString());

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains("spec.yaml:3:14 privacy.k: 1. Expected a whole number of at least 2.");
  }
}
