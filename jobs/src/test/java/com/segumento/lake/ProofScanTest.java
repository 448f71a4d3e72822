package com.segumento.lake;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import com.segumento.lake.ProofScan.Looked;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Sha256;
import com.segumento.model.Vault;
import com.segumento.testkit.SparkExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofScanTest {
  private static final Random RANDOM = new Random(11);
  private static final byte[] KEY = random(32);
  private static final byte[] OTHER = random(32);
  private static final String TOKEN = HexFormat.of().formatHex(random(32));

  private final SparkSession spark = SparkExtension.session();
  private final Map<String, Boolean> hidden = new LinkedHashMap<>();
  private Map<String, Looked> looked;

  private Path lake;

  @FunctionalInterface
  private interface Packing {
    OutputStream around(OutputStream out) throws IOException;
  }

  @BeforeAll
  void lookThroughEverything(@TempDir Path folder) throws IOException {
    lake = folder;
    plain();
    packed();
    parquet();
    Dataset<Row> persons =
        spark.createDataFrame(List.of(RowFactory.create(KEY, TOKEN.getBytes(UTF_8))), Vault.SCHEMA);
    looked = new LinkedHashMap<>();
    ObjectStore objects = new ObjectStore(spark);
    for (Looked each :
        new ProofScan(spark).look(objects.everything("file:" + lake), Needles.of(persons))) {
      looked.put(Path.of(java.net.URI.create(each.uri()).getPath()).getFileName().toString(), each);
    }
  }

  @Test
  void findsAPersonInWhateverForm() {
    assertThat(hits(true)).containsExactlyElementsOf(names(true));
  }

  @Test
  void findsNothingWhereThePersonIsNot() {
    assertThat(hits(false)).containsExactlyElementsOf(names(false));
  }

  @Test
  void saysWhatItCouldNotLookInto() {
    Map<String, String> problems = new LinkedHashMap<>();
    looked.forEach(
        (name, each) -> {
          if (!each.problem().isEmpty()) {
            problems.put(name, each.problem());
          }
        });
    assertThat(problems)
        .containsOnly(
            Map.entry("broken.parquet", "is no whole Parquet file"),
            Map.entry("sealed.7z", "is of a form that cannot be looked into"),
            Map.entry("unmarked.snappy", "is of a form that cannot be looked into"),
            Map.entry("truncated.gz", "cannot be decompressed to its end (gz)"),
            Map.entry("truncated_before.gz", "cannot be decompressed to its end (gz)"));
  }

  @Test
  void givesTheChecksumOfWhatIsStored() throws IOException {
    Looked each = looked.get("lines.gz");
    byte[] bytes = Files.readAllBytes(lake.resolve("lines.gz"));
    assertThat(each.bytes()).isEqualTo(bytes.length);
    assertThat(each.sha256()).isEqualTo(HexFormat.of().formatHex(Sha256.digest().digest(bytes)));
  }

  private void plain() throws IOException {
    put("key.bin", true, around(KEY));
    put("other.bin", false, around(OTHER));
    put("almost.bin", false, around(java.util.Arrays.copyOf(KEY, 31)));
    put("key.hex", true, around(hex(KEY).getBytes(UTF_8)));
    put("upper.hex", true, around(hex(KEY).toUpperCase(Locale.ROOT).getBytes(UTF_8)));
    for (int before = 0; before < 3; before++) {
      byte[] longer = concat(random(before), KEY, random(20));
      put("base64_" + before, true, around(Base64.getEncoder().encode(longer)));
      put("url64_" + before, true, around(Base64.getUrlEncoder().encode(longer)));
      byte[] other = concat(random(before), OTHER, random(20));
      put("other64_" + before, false, around(Base64.getEncoder().encode(other)));
    }
    put("token.csv", true, around(TOKEN.getBytes(UTF_8)));
    put("token_upper.csv", true, around(TOKEN.toUpperCase(Locale.ROOT).getBytes(UTF_8)));
    put("token_bytes", true, around(HexFormat.of().parseHex(TOKEN)));
    put("token_hex", true, around(hex(TOKEN.getBytes(UTF_8)).getBytes(UTF_8)));
    put("token64", true, around(Base64.getEncoder().encode(TOKEN.getBytes(UTF_8))));
    for (Charset wide : List.of(UTF_16LE, UTF_16BE)) {
      put("key_" + wide, true, around(hex(KEY).getBytes(wide)));
      put("token_" + wide, true, around(TOKEN.toUpperCase(Locale.ROOT).getBytes(wide)));
      put("other_" + wide, false, around(hex(OTHER).getBytes(wide)));
    }
    // As Delta's statistics shorten a text.
    put("statistics.json", true, around(("\"" + TOKEN.substring(0, 32) + "\"").getBytes(UTF_8)));
    put("less.json", false, around(("\"" + TOKEN.substring(0, 31) + "\"").getBytes(UTF_8)));
    put(".hidden.crc", true, around(KEY));
    put("named_" + TOKEN.toUpperCase(Locale.ROOT) + ".csv", true, random(30));
    put("zeros", false, new byte[300_000]);
  }

  private void packed() throws IOException {
    byte[] lines = ("customer\n" + TOKEN + "\nend\n").repeat(3).getBytes(UTF_8);
    byte[] others = ("customer\n" + hex(OTHER) + "\nend\n").repeat(3).getBytes(UTF_8);
    put("lines.gz", true, packed(lines, GZIPOutputStream::new));
    put("others.gz", false, packed(others, GZIPOutputStream::new));
    put("gzip_by_another_name.csv", true, packed(lines, GZIPOutputStream::new));
    put(
        "members.gz",
        true,
        concat(packed(others, GZIPOutputStream::new), packed(lines, GZIPOutputStream::new)));
    put("lines.zst", true, packed(lines, ZstdOutputStream::new));
    put(
        "frames.zst",
        true,
        concat(packed(others, ZstdOutputStream::new), packed(lines, ZstdOutputStream::new)));
    put("lines.bz2", true, packed(lines, BZip2CompressorOutputStream::new));
    put("twice.gz", true, packed(packed(lines, GZIPOutputStream::new), GZIPOutputStream::new));
    put(
        "lines.zip",
        true,
        packed(
            lines,
            out -> {
              ZipOutputStream zip = new ZipOutputStream(out);
              zip.putNextEntry(new ZipEntry("inside.csv"));
              return zip;
            }));
    byte[] whole = packed(concat(lines, random(5_000)), GZIPOutputStream::new);
    // What of it could be read may have been seen or not: it is no proof either way.
    put("truncated.gz", false, java.util.Arrays.copyOf(whole, whole.length - 100));
    byte[] early = packed(concat(random(5_000), lines), GZIPOutputStream::new);
    put("truncated_before.gz", false, java.util.Arrays.copyOf(early, 1_000));
    put("lines.xz", true, packed(lines, XZCompressorOutputStream::new));
    put("lines.lz4", true, packed(lines, FramedLZ4CompressorOutputStream::new));
    put("lines.sz", true, packed(lines, FramedSnappyCompressorOutputStream::new));
    put("lines.Z.deflate", true, packed(lines, DeflaterOutputStream::new));
    put("others.tar", false, tar("inside.gz", packed(others, GZIPOutputStream::new)));
    put("lines.tar", true, tar("inside.gz", packed(lines, GZIPOutputStream::new)));
    byte[] named = tar(TOKEN + ".csv", others);
    put("named.tar", true, named);
    put("named.tar.gz", true, packed(named, GZIPOutputStream::new));
    byte[] looksDeflated = concat(new byte[] {0x78, (byte) 0x9C}, around(KEY));
    put("looks_deflated.gz", true, packed(looksDeflated, GZIPOutputStream::new));
    put("looks_cpio.txt", true, concat("070707".getBytes(UTF_8), around(KEY)));
    // Nothing in its bytes says what it is; this one is too short to be compressed all through.
    put("unmarked.snappy", true, org.xerial.snappy.Snappy.compress(lines));
    put("sealed.7z", false, concat(new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF}, random(99)));
    put("looks_deflated.txt", true, concat(new byte[] {0x78, (byte) 0x9C}, around(KEY)));
  }

  private static byte[] tar(String name, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(bytes.length);
      tar.putArchiveEntry(entry);
      tar.write(bytes);
      tar.closeArchiveEntry();
    }
    return out.toByteArray();
  }

  private void parquet() throws IOException {
    Field key = Persons.PERSON_KEY;
    Field text = Field.optional("text", DataTypes.StringType);
    List<Row> rows = new ArrayList<>();
    List<Row> others = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      byte[] near = KEY.clone();
      near[16 + i % 16] ^= (byte) (1 + i / 16);
      rows.add(RowFactory.create(i == 1_234 ? KEY : near, "row " + i));
      others.add(RowFactory.create(near, "row " + i));
    }
    var schema = Field.schema(key, text);
    for (String codec : List.of("zstd", "snappy", "gzip", "uncompressed")) {
      write(codec + ".parquet", true, rows, schema, Map.of("compression", codec));
    }
    write("others.parquet", false, others, schema, Map.of());
    // Sorted neighbours share all but their last byte: the encoding keeps only that.
    Map<String, String> delta =
        Map.of(
            "parquet.writer.version", "v2",
            "parquet.enable.dictionary", "false",
            "compression", "zstd");
    write("delta_encoded.parquet", true, rows, schema, delta);
    write("delta_others.parquet", false, others, schema, delta);
    Map<String, String> split = Map.of("parquet.enable.dictionary", "true", "compression", "zstd");
    write("dictionary.parquet", true, rows, schema, split);
    put("broken.parquet", false, concat("PAR1".getBytes(UTF_8), random(500)));
  }

  private void write(
      String name,
      boolean person,
      List<Row> rows,
      org.apache.spark.sql.types.StructType schema,
      Map<String, String> options)
      throws IOException {
    Path folder = Files.createTempDirectory("proof");
    spark
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .options(options)
        .mode("overwrite")
        .parquet(folder.toString());
    try (var files = Files.list(folder)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      put(name, person, Files.readAllBytes(file));
    }
  }

  private void put(String name, boolean person, byte[] bytes) throws IOException {
    Files.write(lake.resolve(name), bytes);
    hidden.put(name, person);
  }

  private List<String> names(boolean person) {
    return hidden.keySet().stream().filter(name -> hidden.get(name) == person).sorted().toList();
  }

  private List<String> hits(boolean some) {
    return looked.keySet().stream()
        .filter(name -> looked.get(name).hits() > 0 == some)
        .sorted()
        .toList();
  }

  private static byte[] packed(byte[] bytes, Packing packing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = packing.around(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] around(byte[] bytes) {
    return concat(random(77), new byte[] {'|'}, bytes, new byte[] {'|'}, random(13));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
