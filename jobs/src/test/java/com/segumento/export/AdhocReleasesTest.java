package com.segumento.export;

import static com.segumento.privacy.CellFixture.CLIENT;
import static com.segumento.privacy.CellFixture.DATE;
import static com.segumento.privacy.CellFixture.INSIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.privacy.CellFixture;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Releases that are ad hoc, beside those of the nights. */
@ExtendWith(SparkExtension.class)
class AdhocReleasesTest {
  private Workspace workspace;
  private ManifestSigner signer;

  @BeforeEach
  void lake(SparkSession spark, @TempDir Path directory) {
    workspace = new CellFixture(spark, directory).workspace(1, INSIGHT);
    signer = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS));
  }

  @Test
  void areNotSharedForThatOfTheNight() {
    release(DATE, 1, Occasion.NIGHT);
    release(DATE, 2, Occasion.ADHOC);
    release(DATE, 3, Occasion.ADHOC);
    SharedFiles shared = shared(Optional.of(DATE), Optional.empty());
    assertThat(shared.run()).isEqualTo(run(DATE, 1));
    assertThat(shared.adhoc()).isFalse();
    assertThat(shared.leftOut()).containsExactly(run(DATE, 3), run(DATE, 2));
    assertThat(shared.files()).singleElement().matches(file -> file.uri().contains(run(DATE, 1)));

    release(DATE.plusDays(1), 1, Occasion.ADHOC);
    SharedFiles newest = shared(Optional.empty(), Optional.empty());
    assertThat(newest.run()).isEqualTo(run(DATE, 1));
    assertThat(newest.leftOut())
        .containsExactly(run(DATE.plusDays(1), 1), run(DATE, 3), run(DATE, 2));

    release(DATE, 4, Occasion.NIGHT);
    SharedFiles again = shared(Optional.of(DATE), Optional.empty());
    assertThat(again.run()).isEqualTo(run(DATE, 4));
    assertThat(again.leftOut()).isEmpty();
  }

  @Test
  void areSharedByTheirRunOrWhereThereIsNoOther() {
    release(DATE.minusDays(1), 1, Occasion.NIGHT);
    release(DATE, 1, Occasion.ADHOC);
    release(DATE, 2, Occasion.ADHOC);
    SharedFiles only = shared(Optional.of(DATE), Optional.empty());
    assertThat(only.run()).isEqualTo(run(DATE, 2));
    assertThat(only.adhoc()).isTrue();
    assertThat(only.leftOut()).isEmpty();
    SharedFiles wanted = shared(Optional.empty(), Optional.of(run(DATE, 1)));
    assertThat(wanted.run()).isEqualTo(run(DATE, 1));
    assertThat(wanted.adhoc()).isTrue();
  }

  @Test
  void cannotBePassedOffAsThatOfANight() {
    String manifest = release(DATE, 2, Occasion.ADHOC) + "/" + Manifest.NAME;
    ObjectStore objects = workspace.lake().objects();
    String text = objects.text(manifest).orElseThrow();
    objects.write(manifest, text.replace("\"adhoc\" : true", "\"adhoc\" : false"));
    assertThatThrownBy(() -> shared(Optional.of(DATE), Optional.empty()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("on 2026-03-01 that is signed with our key. It has releases of: ");
  }

  @Test
  void keepOthersAtTheirDistance() {
    release(DATE.minusDays(3), 1, Occasion.ADHOC);
    Releases releases = new Releases(workspace, signer.publicKey());
    assertThat(releases.within("insight", 4)).contains(DATE.minusDays(3));
    assertThat(releases.within("insight", 3)).isEmpty();
  }

  private SharedFiles shared(Optional<LocalDate> date, Optional<String> run) {
    return SharedFiles.of(workspace, new SharedFiles.Wanted("insight", date, run));
  }

  /** A release without files, and its folder. */
  private String release(LocalDate date, int number, Occasion occasion) {
    ObjectNode manifest =
        JsonNodeFactory.instance
            .objectNode()
            .put("export", "insight")
            .put("kind", "cells")
            .put("client", CLIENT.value())
            .put("run", run(date, number))
            .put("business_date", date.toString())
            .put("format", "csv");
    occasion.mark(manifest);
    manifest.putArray("files");
    String folder = workspace.lake().layout().release(CLIENT, "insight", date, run(date, number));
    workspace
        .lake()
        .objects()
        .write(folder + "/" + Manifest.NAME, Manifest.signed(manifest, signer));
    return folder;
  }

  private static String run(LocalDate date, int number) {
    return date + "-" + number;
  }
}
