package com.segumento.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.export.Manifest;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.Commit;
import com.segumento.lake.DeltaTables;
import com.segumento.model.ConfigException;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.Vault;
import com.segumento.testkit.AcmeLake;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All data of the client acme, as files for itself. */
@ExtendWith(SparkExtension.class)
class FullExportTest {
  @TempDir static Path template;
  private ClientYard yard;

  @BeforeEach
  void open(SparkSession spark, @TempDir Path folder) throws IOException {
    yard = new ClientYard(spark, template, folder);
  }

  @AfterEach
  void forget() {
    yard.close();
  }

  @Test
  void exportsAllTablesWithManifestAndChecksums(SparkSession spark) throws IOException {
    fillVault();
    FullExport.Written written =
        new FullExport(yard.desk).export(yard.acme, "exports/acme/_full/final");
    assertThat(written.tables()).isEqualTo(3);
    assertThat(written.rows()).isEqualTo(AcmeLake.PERSONS + 3 + AcmeLake.BUYERS + 2);
    Path out = yard.folder.resolve("lake/exports/acme/_full/final");
    JsonNode manifest = new ObjectMapper().readTree(Files.readString(out.resolve("manifest.json")));
    String key = new ManifestSigner(ClientYard.MANIFEST_KEY.getBytes(UTF_8)).publicKey();
    assertThat(Manifest.verifies(manifest, key)).isTrue();
    assertThat(manifest.path("tables").findValuesAsText("name"))
        .contains("tables/orders", "tables/profiles", "vault", "person_key");
    for (JsonNode table : manifest.path("tables")) {
      String name = table.path("name").asText();
      assertThat(
              spark
                  .read()
                  .parquet(out.resolve(name).toString())
                  .exceptAll(
                      yard.lake.tables().read(yard.lake.layout().root() + "/clients/acme/" + name))
                  .count())
          .isZero();
      for (JsonNode file : table.path("files")) {
        assertThat(
                com.segumento.model.Sha256.hex(
                    Files.readAllBytes(out.resolve(file.path("path").asText()))))
            .isEqualTo(file.path("sha256").asText());
      }
    }
    try (Stream<Path> all = Files.walk(out)) {
      assertThat(all.map(path -> path.getFileName().toString())).doesNotContain("_SUCCESS");
    }
    for (String elsewhere :
        List.of(
            "exports/acme2/_full/x",
            "exports/acme/_full/../../retail/x",
            "exports/acme/_full/",
            "exports/acme/panel",
            "/elsewhere/x")) {
      assertThatThrownBy(() -> new FullExport(yard.desk).export(yard.acme, elsewhere))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("Invalid setting --to: ");
    }
    assertThatThrownBy(
            () -> new FullExport(yard.desk).export(yard.acme, "exports/acme/_full/final"))
        .isInstanceOf(ConfigException.class);
  }

  /** Two persons, whose tokens are made up of their keys. */
  private void fillVault() {
    DeltaTables tables = yard.lake.tables();
    String vault = yard.lake.layout().vault(AcmeLake.ID);
    tables.declare(vault, Vault.SCHEMA, List.of());
    Column key = Persons.PERSON_KEY.col();
    tables.append(
        vault,
        tables
            .read(yard.lake.layout().table(AcmeLake.ID, Profiles.NAME))
            .limit(2)
            .select(key, Vault.TOKEN.as(key)),
        Commit.of(Map.of("date", "x")));
  }
}
