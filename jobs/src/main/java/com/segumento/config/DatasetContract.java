package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;

/**
 * The contract of one dataset of a client: what a drop must look like.
 *
 * @param updatedAt column that orders versions of a profile row
 * @param eventTime column with the instant of an event
 * @param eventType column with the kind of an event; a string column of its own beside {@code
 *     columns}
 * @param optOut column that says whether a person must be in no audience
 * @param columns further columns by name, in the file's order
 */
public record DatasetContract(
    @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS) String name,
    @JsonProperty(required = true) Kind kind,
    @JsonProperty(required = true) Mode mode,
    @JsonProperty(required = true) Format format,
    Csv csv,
    @JsonProperty(required = true) Token token,
    @JsonPropertyDescription("Column that orders versions of a profile row")
        @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
        String updatedAt,
    @JsonPropertyDescription("Column with the instant of an event")
        @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
        String eventTime,
    @JsonPropertyDescription("Column with the kind of an event")
        @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
        String eventType,
    @JsonPropertyDescription(
            "Boolean column of the dataset: true where a person must be in no audience")
        @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
        String optOut,
    @JsonProperty(required = true) @Range(min = 0, max = 1000) Map<String, ColumnContract> columns,
    @JsonProperty(required = true) Expectations expectations) {

  public DatasetContract {
    columns =
        columns == null
            ? Map.of()
            : java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** One without a column to opt out by. */
  public DatasetContract(
      String name,
      Kind kind,
      Mode mode,
      Format format,
      Csv csv,
      Token token,
      String updatedAt,
      String eventTime,
      String eventType,
      Map<String, ColumnContract> columns,
      Expectations expectations) {
    this(
        name,
        kind,
        mode,
        format,
        csv,
        token,
        updatedAt,
        eventTime,
        eventType,
        null,
        columns,
        expectations);
  }

  /** Rows per person. */
  public enum Kind {
    /** One row a person. */
    PROFILE,
    /** Many rows a person. */
    EVENT
  }

  /** What a drop does to the table. */
  public enum Mode {
    /** Newer rows replace older ones, by person. */
    UPSERT,
    /** The drop is the whole table. */
    SNAPSHOT,
    /** The drop's rows are added. */
    APPEND
  }

  /** File formats of drops; csv and json may be gzip or zstd. */
  public enum Format {
    CSV,
    JSON,
    PARQUET
  }

  /** How csv is written, where not with commas and double quotes. */
  public record Csv(
      @Form(pattern = "^[^\\r\\n]$", says = "one character") String delimiter,
      @Form(pattern = "^[^\\r\\n]$", says = "one character") String quote,
      @Form(pattern = "^[^\\r\\n]$", says = "one character") String escape,
      boolean multiline) {}

  /** The column with the hashed customer identifier. */
  public record Token(
      @JsonProperty(required = true) @Form(pattern = Form.NAME, says = Form.NAME_SAYS)
          String column,
      @JsonProperty(required = true) Scheme scheme,
      @JsonProperty(required = true)
          @JsonPropertyDescription("Whether the client salts or keys its hashes")
          Boolean salted) {
    /** What tokens look like. */
    public enum Scheme {
      /** 64 lower-case hexadecimal digits. */
      SHA256_HEX,
      /** 128 lower-case hexadecimal digits. */
      SHA512_HEX,
      /** A lower-case UUID. */
      UUID,
      /** 16 to 128 characters of {@code A-Z a-z 0-9 _ - + / =}. */
      OPAQUE
    }
  }

  /**
   * What a drop as a whole must keep; broken, the drop is refused.
   *
   * @param maxQuarantined share of rows, 0 to 1
   * @param maxNull share of null values by column, 0 to 1
   * @param maxEventAgeDays how long before the drop's date an event may lie; by default the
   *     client's {@code retention.events_days}
   */
  public record Expectations(
      @Range(min = 0) Long minRows,
      @Range(min = 0) Long maxRows,
      @JsonProperty(required = true)
          @JsonPropertyDescription("Share of rows")
          @Range(min = 0, max = 1)
          Double maxQuarantined,
      @JsonPropertyDescription("Share of null values by column")
          @SchemaText(
              """
          {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}}""")
          Map<String, Double> maxNull,
      @Range(min = 0) Integer maxEventAgeDays) {
    public Expectations {
      maxNull = maxNull == null ? Map.of() : Map.copyOf(maxNull);
    }
  }

  /** One declared column. */
  public record ColumnContract(
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "int, long, double, decimal(precision,scale), string, date, timestamp or boolean")
          String type,
      Boolean required,
      Double min,
      Double max,
      List<String> allowed,
      @JsonPropertyDescription("Java regular expression the whole value must match")
          @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String pattern,
      @Range(min = 1) Integer maxLength,
      Role role,
      Client.PlaceKey place,
      Hierarchy hierarchy,
      List<RawIdentifier> lookalikes) {
    public ColumnContract {
      allowed = allowed == null ? List.of() : List.copyOf(allowed);
      lookalikes = lookalikes == null ? List.of() : List.copyOf(lookalikes);
    }

    /** The type as Spark knows it. */
    public DataType dataType() {
      return ColumnType.parse(type)
          .orElseThrow(() -> ConfigException.invalid("type", Shown.text(type), ColumnType.SAYS));
    }
  }

  /** The usual roles of an attribute. */
  public enum Role {
    QUASI,
    SENSITIVE,
    INSENSITIVE,
    IDENTIFYING
  }

  /**
   * Generalization of a column in exports, from level 1 up; level 0 is the exact value and the last
   * one {@code *}.
   *
   * @param intervals widths of number intervals, each a multiple of the one before
   * @param file a {@code ;}-separated file under {@code conf/hierarchies}, one line a value, level
   *     0 first
   */
  public record Hierarchy(
      @Range(min = 1, max = 20) List<Long> intervals,
      @JsonPropertyDescription("Relative to hierarchies/")
          @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS)
          String file) {
    public Hierarchy {
      intervals = intervals == null ? List.of() : List.copyOf(intervals);
    }

    /**
     * The level that joins all values: one more than there are intervals, or the last of the file.
     *
     * @param directory of the configuration
     */
    public int height(Path directory) {
      return file == null ? intervals.size() + 1 : HierarchyFile.read(directory, file).levels() - 1;
    }
  }

  /**
   * Kinds of raw identifier that are looked for in every column. A column whose own values are
   * known to look like one (an order number of ten digits, say) lists that kind as {@code
   * lookalikes}.
   */
  public enum RawIdentifier {
    EMAIL,
    PHONE,
    PAN,
    AADHAAR,
    CARD,
    IP
  }
}
