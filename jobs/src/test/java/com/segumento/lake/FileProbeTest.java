package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.segumento.lake.FileProbe.Found;
import com.segumento.lake.FileProbe.Kind;
import com.segumento.testkit.SparkExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class FileProbeTest {
  @TempDir Path directory;
  private final List<String> uris = new ArrayList<>();

  @Test
  void saysWhatIsWrongWithAText(SparkSession spark) throws Exception {
    deliver(("\uFEFFa,b\r\n" + noise()).getBytes(StandardCharsets.UTF_8));
    List<Found> found = FileProbe.probe(spark, uris, Kind.TEXT_WITH_HEADER);
    assertThat(found).extracting(Found::uri).isEqualTo(uris);
    assertThat(found.subList(0, 11))
        .extracting(Found::problem)
        .containsExactly(
            "",
            "",
            "",
            "truncated",
            "truncated",
            "truncated",
            "broken_compression",
            "broken_compression",
            "not_utf8",
            "header_too_long",
            "missing");
    assertThat(found.get(11).problem()).isIn("broken_compression", "not_utf8");
    assertThat(found.subList(0, 3)).extracting(Found::header).containsOnly("a,b");
    for (int i = 0; i < 10; i++) {
      byte[] bytes = Files.readAllBytes(Path.of(java.net.URI.create(uris.get(i))));
      assertThat(found.get(i).sha256())
          .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
  }

  private void deliver(byte[] text) throws IOException {
    byte[] gzip = gzip(text);
    byte[] zstd = Zstd.compress(text);
    file("0.csv", text);
    file("1.csv.gz", gzip);
    file("2.csv.zst", zstd);
    file("3.csv.gz", Arrays.copyOf(gzip, gzip.length - 9));
    file("4.csv.gz", Arrays.copyOf(gzip, gzip.length - 1));
    file("5.csv.zst", Arrays.copyOf(zstd, zstd.length / 2));
    file("6.csv.gz", text);
    file("7.csv.zst", text);
    file("8.csv", "é".getBytes(StandardCharsets.ISO_8859_1));
    file("9.csv", "x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    uris.add(directory.resolve("missing.csv").toUri().toString());
    gzip[gzip.length / 2] ^= 0x55;
    file("b.csv.gz", gzip);
  }

  @Test
  void takesMarksAndLineEndsOffTheHeaderAndNothingElse(SparkSession spark) throws IOException {
    List<String> texts =
        List.of("\uFEFFa,b\r\n1,2\r\n", "\uFEFFa,b", "a,b\r", "a\r,\uFEFFb\n", "\uFEFF\r\n", "");
    for (String text : texts) {
      file(uris.size() + ".csv", text.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(FileProbe.probe(spark, uris, Kind.TEXT_WITH_HEADER))
        .extracting(Found::header)
        .containsExactly("a,b", "a,b", "a,b", "a\r,\uFEFFb", "", "");
  }

  @Test
  void readsZstandardTextLineByLine(SparkSession spark) throws IOException {
    byte[] first = Zstd.compress("a\nb\n".getBytes(StandardCharsets.UTF_8));
    byte[] second = Zstd.compress("c\n".getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    file("two-frames.txt.zst", both);
    assertThat(spark.read().textFile(uris.get(0)).collectAsList()).containsExactly("a", "b", "c");
  }

  private void file(String name, byte[] bytes) throws IOException {
    Path file = directory.resolve(name);
    Files.write(file, bytes);
    uris.add(file.toUri().toString());
  }

  private static String noise() {
    Random random = new Random(7);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      lines.append(random.nextInt()).append(',').append(random.nextInt()).append('\n');
    }
    return lines.toString();
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }
}
