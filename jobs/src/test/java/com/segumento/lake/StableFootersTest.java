package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.SparkExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class StableFootersTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0} bytes are held")
  @ValueSource(ints = {0, 1 << 20})
  void filesOfTheSameRowsAreTheSameWhateverOrderTheirEncodingsHad(int held, SparkSession spark)
      throws IOException {
    Path folder = directory.resolve("rows");
    spark
        .range(0, 50, 1, 1)
        .selectExpr("id", "if(id % 2 = 0, null, 'odd') as text")
        .write()
        .parquet(folder.toString());
    StableFooters.sort(spark, folder.toUri().toString());
    Path file;
    try (var files = Files.list(folder)) {
      file = files.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] sorted = Files.readAllBytes(file);
    byte[] reversed = reversed(sorted);
    assertThat(reversed).isNotEqualTo(sorted).hasSameSizeAs(sorted);
    Files.write(file, reversed);
    Files.deleteIfExists(folder.resolve("." + file.getFileName() + ".crc"));
    Configuration hadoop = spark.sessionState().newHadoopConf();
    assertThat(StableFooters.sort(hadoop, file.toUri().toString(), held)).isTrue();
    assertThat(file).hasBinaryContent(sorted);
    assertThat(StableFooters.sort(hadoop, file.toUri().toString(), held)).isFalse();
    assertThat(folder.resolve("_" + file.getFileName())).doesNotExist();
    assertThat(spark.read().parquet(folder.toString()).filter("text = 'odd'").count())
        .isEqualTo(25);
  }

  @Test
  void onlyFilesOutOfOrderAreWrittenAnew(SparkSession spark) throws IOException {
    Path folder = directory.resolve("several");
    spark
        .range(0, 60, 1, 3)
        .selectExpr("id", "if(id % 2 = 0, null, 'odd') as text")
        .write()
        .parquet(folder.toString());
    StableFooters.sort(spark, folder.toUri().toString());
    List<Path> files;
    try (var found = Files.list(folder)) {
      files = found.filter(path -> path.toString().endsWith(".parquet")).sorted().toList();
    }
    byte[] sorted = Files.readAllBytes(files.get(1));
    Files.write(files.get(1), reversed(sorted));
    FileTime longAgo = FileTime.fromMillis(0);
    for (Path file : files) {
      Files.delete(folder.resolve("." + file.getFileName() + ".crc"));
      Files.setLastModifiedTime(file, longAgo);
    }

    StableFooters.sort(spark, folder.toUri().toString());
    assertThat(files.get(1)).hasBinaryContent(sorted);
    assertThat(Files.getLastModifiedTime(files.get(1))).isGreaterThan(longAgo);
    assertThat(Files.getLastModifiedTime(files.get(0))).isEqualTo(longAgo);
    assertThat(Files.getLastModifiedTime(files.get(2))).isEqualTo(longAgo);
    assertThat(spark.read().parquet(folder.toString()).count()).isEqualTo(60);
  }

  private static byte[] reversed(byte[] file) throws IOException {
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    int begin = file.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, begin, length));
    footer
        .getRow_groups()
        .forEach(
            group ->
                group
                    .getColumns()
                    .forEach(
                        column -> {
                          List<Encoding> encodings =
                              new ArrayList<>(column.getMeta_data().getEncodings());
                          Collections.reverse(encodings);
                          column.getMeta_data().setEncodings(encodings);
                        }));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, begin);
    Util.writeFileMetaData(footer, out);
    out.write(file, file.length - 8, 8);
    return out.toByteArray();
  }
}
