package com.segumento.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {
  private static final String ACME = "clients/acme.yaml";

  @TempDir Path directory;
  private ConfigurationFiles files;

  @BeforeEach
  void copy() {
    files = ConfigurationFiles.copy(directory);
  }

  @Test
  void tellsTenErrorsOfAllFilesAtOnce() {
    files
        .edit("platform.yaml", "usage_log_days: 365", "usage_log_days: -1")
        .edit("platform.yaml", "default_k: 50", "default_k: 9")
        .edit(ACME, "min: 0, max: 120", "min: \"x\", max: 120")
        .edit(
            ACME,
            "keys: {person: acme.person.key, requests: acme.requests.key}",
            "keys: {person: hunter2}")
        .edit(ACME, "  legal_hold: false", "  leagal_hold: false")
        .edit(ACME, "  grace_days: 0\n", "")
        .edit(ACME, "privacy: {k: 50, suppression_limit: 0.3}", "privacy: {k: 9}")
        .edit("clients/retail.yaml", "region: eu", "region: us")
        .edit("segments/retail.yaml", "window: 365d", "window: 365")
        .edit("segments/acme.yaml", "version: 1", "version: 0");
    assertRefusal(
        """
            clients/acme.yaml:12:16 keys.person: a text of 7 characters. Expected the alias of a secret in the credential provider, as in acme.person.key; never the secret itself.
            clients/acme.yaml:21:29 datasets[0].columns.age.min: "x". Expected a number.
            clients/acme.yaml:50:18 exports[0].privacy.k: 9. Expected at least 10: privacy.k_floor of platform.yaml cannot be configured away by a client file.
            clients/acme.yaml:65:1 retention.grace_days: is missing. Expected a whole number of at least 0.
            clients/acme.yaml:70:3 retention.leagal_hold: is not known. Did you mean legal_hold? Expected one of events_days, exports_days, grace_days, instructions, landing_days, legal_hold, notice_hours, quarantine_days.
            clients/retail.yaml:9:11 agreement.region: "us" is not known. Expected one of in, eu.
            platform.yaml:7:22 privacy.default_k: 9. Expected at least privacy.k_floor, which is 10.
            platform.yaml:8:17 usage_log_days: -1. Expected a whole number of at least 0.
            segments/acme.yaml:9:59 segments[0].version: 0. Expected a whole number of at least 1.
            segments/retail.yaml:3:64 traits.spend_365d.window: 365. Expected days as in 90d or 28d ending 7d ago, this month, last month, or a date as in since 2026-01-31.""");
  }

  @Test
  void guessesWhatAnUnknownKeyMeans() {
    files
        .edit(ACME, "datasets:", "colour: red\ndatasets:")
        .edit(ACME, "format: csv", "fromat: csv");
    assertRefusal(
        """
            clients/acme.yaml:13:1 colour: is not known. Expected one of agreement, client, datasets, enrich, exports, keys, privacy_budget, retention, segments.
            clients/acme.yaml:15:5 datasets[0].format: is missing. Expected one of csv, json, parquet.
            clients/acme.yaml:18:5 datasets[0].fromat: is not known. Did you mean format? Expected one of columns, csv, event_time, event_type, expectations, format, kind, mode, name, opt_out, token, updated_at.""");
  }

  @Test
  void clientIdThatClimbsIsRefused() {
    files.edit(ACME, "client: acme", "client: ../acme");
    assertRefusal(
        """
        clients/acme.yaml:3:9 client: "../acme". Expected a lower-case letter followed by 1 to 39\
         lower-case letters, digits or underscores.""");
    assertThatThrownBy(() -> new ClientId("../acme")).isInstanceOf(ConfigException.class);
  }

  @Test
  void segmentsFileOutsideTheDirectoryIsRefused() {
    files.edit(ACME, "segments: segments/acme.yaml", "segments: ../acme.yaml");
    assertRefusal(
        """
        clients/acme.yaml:42:11 segments: "../acme.yaml". Expected a path that stays inside the\
         configuration directory.""");
  }

  @Test
  void aClientAloneIsReadWhateverOthersHold() {
    files.write("clients/retail.yaml", "}{");
    assertThat(ConfigurationLoader.load(directory, new ClientId("acme")).clients())
        .containsOnlyKeys("acme");
    assertRefusal(
        "clients/retail.yaml:1:1 The file is not YAML here: expected the node content, but found '}'."
            + " Correct the YAML.");
  }

  @Test
  void aClientThatHasNoFileIsRefused() {
    assertThatThrownBy(() -> ConfigurationLoader.load(directory, new ClientId("nobody")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "clients/nobody.yaml:1:1 No client nobody is configured, as the file is not there."
                + " Expected one of acme, retail. For a new client, create the file.");
    assertThatThrownBy(() -> ConfigurationLoader.load(directory, new ClientId("acne")))
        .hasMessage(
            "clients/acne.yaml:1:1 No client acne is configured, as the file is not there. Did you"
                + " mean acme? Expected one of acme, retail. For a new client, create the file.");
  }

  @Test
  void anIntervalBetweenReleasesMayBeAsLongAsTheyAreKept() {
    files.edit(ACME, "distance: ordered}}", "distance: ordered}}\n    min_interval_days: 90");
    assertThat(ConfigurationLoader.load(directory).clients().get("acme").exports().get(2))
        .extracting(Export::minIntervalDays)
        .isEqualTo(90);
  }

  @Test
  void emptyFileIsRefused() {
    files.write("platform.yaml", "# nothing\n");
    assertRefusal("platform.yaml:1:1 The file is empty. Expected settings, as `key: value`.");
  }

  @Test
  void textThatIsNotUtf8IsRefusedWhereItStands() {
    byte[] latin = "lake: s3a://x\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    files.write("platform.yaml", latin);
    assertRefusal("platform.yaml:2:6 The text is not UTF-8 here. Save the file as UTF-8.");
  }

  @Test
  void enormousFileIsRefusedUnread() {
    files.write("platform.yaml", "#".repeat((1 << 20) + 1));
    assertRefusal("platform.yaml:1:1 The file is too large. Expected at most 1048576 bytes.");
  }

  @Test
  void largestFileIsRead() {
    String text = ConfigurationFiles.text(directory.resolve("platform.yaml"));
    files.write("platform.yaml", text + "#".repeat((1 << 20) - text.length()));
    assertThat(ConfigurationLoader.load(directory).clients()).hasSize(2);
  }

  @Test
  void duplicateKeysAreRefused() {
    files.edit("platform.yaml", "usage_log_days: 365", "usage_log_days: 365\nusage_log_days: 1");
    assertRefusal(
        "platform.yaml:9:1 usage_log_days: is given twice, first in line 8. Keep one of them.");
  }

  @Test
  void anchorsAndAliasesAreRefused() {
    files
        .edit("platform.yaml", "in: {", "in: &in {")
        .edit("platform.yaml", "eu: {endpoint", "eu: *in\n  us: {endpoint");
    assertRefusal(
        """
            platform.yaml:5:7 regions.in: Anchors and aliases are not allowed. Write the value out.
            platform.yaml:6:7 regions.eu: "in". Expected a mapping.
            platform.yaml:6:7 regions.eu: Anchors and aliases are not allowed. Write the value out.""");
  }

  @Test
  void bombOfAliasesIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append(
          String.format(
              Locale.ROOT, "a%d: &a%d [%s*a%d]\n", i, i, ("*a" + (i - 1) + ", ").repeat(8), i - 1));
    }
    files.write("platform.yaml", bomb.toString());
    assertThat(refusal())
        .contains("platform.yaml:2:10 a1[0]: Anchors and aliases are not allowed.");
  }

  @Test
  void settingsNestedTooDeepAreRefused() {
    files.write("platform.yaml", "a: " + "[".repeat(5000));
    assertRefusal(
        """
            platform.yaml:1:44 Settings are nested too deep here. Expected 40 levels.""");
  }

  @Test
  void syntaxErrorTellsItsPlaceAndNoText() {
    files.edit("platform.yaml", "usage_log_days: 365", "password: hunter2 : x");
    assertRefusal(
        """
            platform.yaml:8:19 The file is not YAML here: mapping values are not allowed here. Correct the YAML.""");
  }

  @Test
  void whatMayBeASecretIsNotShown() {
    files
        .edit("platform.yaml", "s3a://segumento-lake", "s3a://AKIAIOSFODNN7:wJalrXUt@lake")
        .edit(ACME, "region: in", "region: wJalrXUtnFEMI0K7MDENGbPxRfiCYEXAMPLEKEY");
    assertThat(refusal()).doesNotContain("wJalr");
    assertRefusal(
        """
            clients/acme.yaml:8:11 agreement.region: a text of 39 characters that may be a secret is not known. Expected one of in, eu.
            platform.yaml:3:7 lake: a text of 33 characters that may be a secret. Expected the URI of a folder or bucket, as in s3a://segumento-lake or file:/srv/lake, without credentials.""");
  }

  private void assertRefusal(String message) {
    assertThat(refusal()).isEqualTo(message);
  }

  private String refusal() {
    try {
      ConfigurationLoader.load(directory);
    } catch (ConfigException e) {
      return e.getMessage();
    }
    throw new AssertionError("The configuration was not refused");
  }
}
