package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.Lake;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class PublishedReleaseTest {
  private static final String FOLDER = "exports/acme/insight/dt=2026-03-01/run=1";

  @TempDir Path directory;

  /** What is found of a release is written down, and looked for, by its folder. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s/exports/acme/insight/dt=2026-03-01/run=1",
        "file:%s/exports/acme/insight/dt=2026-03-01/run=1/",
        "file://%s/exports//acme/insight/dt=2026-03-01/run=1/manifest.json",
        "exports/acme/../acme/insight/./dt=2026-03-01/run=1//manifest.json",
      })
  void isInOneFolderHoweverItIsWritten(String path, SparkSession spark) {
    Lake lake = Lake.open(spark, "file:" + directory);
    lake.objects().write(lake.layout().root() + "/" + FOLDER + "/manifest.json", "{}");
    PublishedRelease release = PublishedRelease.at(lake, path.formatted(directory));
    assertThat(lake.layout().relative(release.folder())).isEqualTo(FOLDER);
  }
}
