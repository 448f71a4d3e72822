package com.segumento.lake;

import com.github.luben.zstd.ZstdInputStream;
import com.segumento.model.Sha256;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.SparkSession;

/**
 * Looks at delivered files before anything reads them: one streaming pass a file, on the executors,
 * gives its checksum, whether it is whole and readable, and its layout. Results grow with the
 * number of files, not of rows.
 */
public final class FileProbe {
  private static final int LONGEST_HEADER = 1 << 14;
  private static final int BUFFER = 1 << 16;

  private FileProbe() {}

  /** How a file is to be read. */
  public enum Kind {
    TEXT_WITH_HEADER,
    TEXT,
    PARQUET
  }

  /**
   * What a file is.
   *
   * @param uri the file
   * @param sha256 of its bytes as stored, lower-case hexadecimal; empty where it is not there
   * @param problem why it can't be read: {@code missing}, {@code truncated}, {@code
   *     broken_compression}, {@code not_utf8}, {@code header_too_long}, {@code not_parquet} or
   *     {@code damaged}; empty where it can
   * @param header first line of a text with header
   * @param schema a hash of a Parquet file's schema, the same for files that can be read together
   * @param nanos columns of a Parquet file that hold nanoseconds since 1970
   */
  public record Found(
      String uri, String sha256, String problem, String header, String schema, List<String> nanos)
      implements Serializable {}

  /** Looks at files. */
  public static List<Found> probe(SparkSession spark, List<String> uris, Kind kind) {
    return OnExecutors.each(spark, uris, (hadoop, uri) -> look(hadoop, uri, kind));
  }

  private static Found look(Configuration hadoop, String uri, Kind kind) throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(hadoop);
    MessageDigest digest = Sha256.digest();
    String problem = "";
    StringBuilder header = new StringBuilder();
    try (InputStream raw = new DigestInputStream(files.open(path), digest)) {
      if (kind != Kind.PARQUET) {
        problem = readText(raw, uri, kind, header);
      }
      raw.transferTo(OutputStream.nullOutputStream());
    } catch (FileNotFoundException e) {
      return new Found(uri, "", "missing", "", "", List.of());
    } catch (ChecksumException e) { // a local file that was changed behind its file system
      return new Found(uri, "", "damaged", "", "", List.of());
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    if (kind != Kind.PARQUET) {
      return new Found(uri, sha256, problem, header.toString(), "", List.of());
    }
    return parquet(hadoop, path, uri, sha256);
  }

  private static String readText(InputStream raw, String uri, Kind kind, StringBuilder header)
      throws IOException {
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                decompress(new Unclosable(raw), uri),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
      return readText(text, kind == Kind.TEXT_WITH_HEADER, header);
    } catch (CharacterCodingException e) {
      return "not_utf8";
    } catch (EOFException e) {
      return "truncated";
    } catch (ZipException e) {
      return "broken_compression";
    } catch (IOException e) {
      if (e.getClass().getName().startsWith("com.github.luben.zstd")) {
        return e.getMessage() != null && e.getMessage().contains("Truncated")
            ? "truncated"
            : "broken_compression";
      }
      throw e;
    }
  }

  // To the end, where no problem is found before.
  private static String readText(Reader text, boolean withHeader, StringBuilder header)
      throws IOException {
    boolean inHeader = withHeader;
    char[] buffer = new char[BUFFER];
    for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
      for (int i = 0; inHeader && i < read; i++) {
        if (buffer[i] == '\n') {
          inHeader = false;
        } else if (header.length() == LONGEST_HEADER) {
          return "header_too_long";
        } else {
          header.append(buffer[i]);
        }
      }
    }
    bare(header);
    return "";
  }

  /** A byte order mark before a line, and a carriage return after it, are no part of it. */
  private static void bare(StringBuilder line) {
    if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    if (line.length() > 0 && line.charAt(0) == '\uFEFF') {
      line.deleteCharAt(0);
    }
  }

  private static InputStream decompress(InputStream raw, String uri) throws IOException {
    if (uri.endsWith(".gz")) {
      return new GZIPInputStream(raw, BUFFER);
    }
    return uri.endsWith(".zst") ? new ZstdInputStream(raw) : raw;
  }

  private static Found parquet(Configuration hadoop, Path path, String uri, String sha256) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop))) {
      MessageType schema = reader.getFileMetaData().getSchema();
      List<String> nanos =
          schema.getFields().stream()
              .filter(
                  field ->
                      field.getLogicalTypeAnnotation()
                              instanceof TimestampLogicalTypeAnnotation time
                          && time.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS)
              .map(field -> field.getName())
              .toList();
      TreeMap<String, String> columns = new TreeMap<>();
      schema.getFields().forEach(field -> columns.put(field.getName(), field.toString()));
      return new Found(uri, sha256, "", "", Sha256.hex(columns.toString()), nanos);
    } catch (IOException | RuntimeException e) {
      return new Found(uri, sha256, "not_parquet", "", "", List.of());
    }
  }

  /** Keeps the file open when a decoder closes, so that its last bytes are digested too. */
  private static final class Unclosable extends java.io.FilterInputStream {
    Unclosable(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, length);
    }
  }
}
