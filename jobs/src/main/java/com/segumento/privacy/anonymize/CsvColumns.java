package com.segumento.privacy.anonymize;

import com.segumento.lake.Lake;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a csv table by the line that names them. Where that is the first line of one plain
 * file it is read here: Spark would plan two queries and run one of them, which is a good part of
 * what a small table takes.
 */
record CsvColumns(SparkSession spark, Lake lake, Map<String, String> options) {
  private static final int HEAD = 1 << 16;
  private static final Pattern PLAIN = Pattern.compile("(?i).*\\.(csv|tsv|txt|dat|data)");

  /** Options that say no more than how a line is taken apart. */
  private static final Set<String> OF_LINES =
      Set.of(
          "header",
          "sep",
          "delimiter",
          "quote",
          "escape",
          "comment",
          "mode",
          "nullvalue",
          "emptyvalue",
          "ignoreleadingwhitespace",
          "ignoretrailingwhitespace");

  /** The columns, all of them texts; nothing where Spark has to look for itself. */
  Optional<StructType> of(String uri) {
    Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    given.putAll(options);
    boolean simple =
        given.getOrDefault("header", "").equalsIgnoreCase("true")
            && given.keySet().stream()
                .allMatch(name -> OF_LINES.contains(name.toLowerCase(Locale.ROOT)))
            && PLAIN.matcher(uri).matches();
    return simple
        ? lake.objects()
            .head(uri, HEAD)
            .flatMap(CsvColumns::firstLine)
            .filter(line -> !isComment(line, given.getOrDefault("comment", "")))
            .map(this::named)
        : Optional.empty();
  }

  private static Optional<String> firstLine(byte... head) {
    String text = new String(head, StandardCharsets.UTF_8);
    List<String> lines = text.lines().limit(2).toList();
    boolean whole = lines.size() == 2 || head.length < HEAD;
    return whole && !lines.isEmpty() && !lines.get(0).isBlank()
        ? Optional.of(lines.get(0).replaceFirst("^\uFEFF", ""))
        : Optional.empty();
  }

  private static boolean isComment(String line, String sign) {
    return !sign.isEmpty() && line.startsWith(sign);
  }

  private StructType named(String line) {
    return spark
        .read()
        .options(options)
        .csv(spark.createDataset(List.of(line), Encoders.STRING()))
        .schema();
  }
}
