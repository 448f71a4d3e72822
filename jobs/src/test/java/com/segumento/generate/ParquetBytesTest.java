package com.segumento.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Token.Scheme;
import com.segumento.lake.Lake;
import com.segumento.testkit.ParquetEncodings;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ParquetBytesTest {
  @TempDir Path directory;

  @Test
  void dependOnNoOrderThatAJvmMayChoose(SparkSession spark) throws IOException {
    Lake lake = Lake.open(spark, directory.toUri().toString());
    GeneratorSettings settings = GeneratorSettings.of(50, 10, 7, LocalDate.of(2026, 1, 1), 1);
    DropGenerator.generate(
        spark, lake, SampleClients.shop(Format.PARQUET, Scheme.UUID, null), settings);
    List<List<Integer>> encodings = ParquetEncodings.below(directory);
    assertThat(encodings).isNotEmpty().anyMatch(list -> list.size() > 1);
    assertThat(encodings).allSatisfy(list -> assertThat(list).isSorted());
  }
}
