package com.segumento.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code anonymize} is to do: a table, the roles of its columns, what it is held to and where
 * the result goes. Paths are relative to the file they stand in, or URIs.
 *
 * @param person {@code row}, or the column whose distinct values are the persons
 * @param attributes by column; columns that are not named are dropped
 */
public record AnonymizeSpec(
    @JsonProperty(required = true) Input input,
    @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String person,
    @JsonProperty(required = true) @Range(min = 1) Map<String, Attribute> attributes,
    @JsonProperty(required = true) Privacy privacy,
    Utility utility,
    @JsonProperty(required = true) Output output,
    @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String report,
    Limits limits) {
  /** Every row is a person of its own. */
  public static final String ROW = "row";

  public AnonymizeSpec {
    person = person == null ? ROW : person;
    attributes =
        attributes == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    utility = utility == null ? new Utility(null, null, null) : utility;
    limits = limits == null ? new Limits(null, null, null) : limits;
  }

  /** Whether every row is a person of its own. */
  public boolean personIsRow() {
    return person.equals(ROW);
  }

  /** Names of the attributes of a role, in the order they are written. */
  public List<String> attributes(DatasetContract.Role role) {
    return attributes.entrySet().stream()
        .filter(one -> one.getValue().role() == role)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Formats of tables. */
  public enum TableFormat {
    CSV,
    PARQUET,
    JSON,
    DELTA
  }

  /**
   * The table.
   *
   * @param options of Spark's reader, such as {@code header} and {@code sep}
   */
  public record Input(
      @JsonProperty(required = true) @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String path,
      @JsonProperty(required = true) TableFormat format,
      Map<String, String> options) {
    public Input {
      options = options == null ? Map.of() : Map.copyOf(options);
    }
  }

  /**
   * A column.
   *
   * @param hierarchy of a quasi-identifier; of a sensitive attribute where distances are
   *     hierarchical
   * @param weight of a quasi-identifier's loss, relative to the heaviest
   */
  public record Attribute(
      @JsonProperty(required = true) DatasetContract.Role role,
      Generalization hierarchy,
      @Range(min = 0) Double weight) {}

  /**
   * Where a hierarchy comes from; exactly one way is given.
   *
   * @param file one line a value, level 0 first
   * @param sep between the columns of the file
   * @param intervals of numbers
   * @param date levels of a calendar date, finest first
   * @param mask characters masked from the right
   * @param places the path of a table of places, whose postal codes the values are
   */
  public record Generalization(
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String file,
      @Form(pattern = "^.$", says = "one character") String sep,
      Intervals intervals,
      @Range(min = 1) List<DatePart> date,
      Mask mask,
      @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String places) {
    public Generalization {
      date = date == null ? List.of() : List.copyOf(date);
    }
  }

  /**
   * Numbers by intervals of growing width.
   *
   * @param from lowest number allowed, where the first interval begins
   * @param to highest number allowed
   * @param widths by level from 1, each a multiple of the one before
   */
  public record Intervals(
      Double from, Double to, @JsonProperty(required = true) @Range(min = 1) List<Double> widths) {
    public Intervals {
      widths = widths == null ? List.of() : List.copyOf(widths);
    }
  }

  /** Parts of a calendar date. */
  public enum DatePart {
    DAY,
    MONTH,
    QUARTER,
    YEAR
  }

  /**
   * Text, masked from the right.
   *
   * @param characters masked by level from 1; one more each level where not given
   */
  public record Mask(@Range(min = 1) List<Integer> characters) {
    public Mask {
      characters = characters == null ? List.of() : List.copyOf(characters);
    }
  }

  /**
   * What every class of the result is held to.
   *
   * @param k distinct persons
   * @param suppressionLimit share of the rows that may be suppressed
   */
  public record Privacy(
      @JsonProperty(required = true) @Range(min = 2) Integer k,
      @Range(min = 0, max = 1) Double suppressionLimit,
      List<Export.Diversity> l,
      List<Export.Closeness> t) {
    public Privacy {
      suppressionLimit = suppressionLimit == null ? 0 : suppressionLimit;
      l = l == null ? List.of() : List.copyOf(l);
      t = t == null ? List.of() : List.copyOf(t);
    }
  }

  /**
   * What is to be kept of the information.
   *
   * @param balance below a half, suppression counts less than generalization, above it more; of
   *     {@code loss}
   */
  public record Utility(
      MetricName metric, Mean aggregate, @Range(min = 0, max = 1) Double balance) {
    private static final double EVEN = 0.5;

    public Utility {
      metric = metric == null ? MetricName.LOSS : metric;
      aggregate = aggregate == null ? Mean.GEOMETRIC : aggregate;
      balance = balance == null ? EVEN : balance;
    }
  }

  /** Measures of information loss. */
  public enum MetricName {
    LOSS,
    DISCERNIBILITY,
    AVERAGE_CLASS_SIZE,
    HEIGHT,
    PRECISION,
    ENTROPY
  }

  /** How the losses of the attributes become one. */
  public enum Mean {
    GEOMETRIC,
    ARITHMETIC
  }

  /**
   * Where the result goes.
   *
   * @param suppressed whether suppressed rows are written, with every quasi-identifier as {@code *}
   * @param files how many there are; by size where not given
   */
  public record Output(
      @JsonProperty(required = true) @Form(pattern = Form.TEXT, says = Form.TEXT_SAYS) String path,
      @JsonProperty(required = true) TableFormat format,
      Map<String, String> options,
      Suppressed suppressed,
      @Range(min = 1) Integer files) {
    public Output {
      options = options == null ? Map.of() : Map.copyOf(options);
      suppressed = suppressed == null ? Suppressed.DROP : suppressed;
    }
  }

  /** What becomes of suppressed rows. */
  public enum Suppressed {
    DROP,
    KEEP
  }

  /**
   * Bounds of the search.
   *
   * @param memory bytes the driver may use for it
   * @param nodes most nodes of the lattice to look at
   */
  public record Limits(
      @Range(min = 1 << 20) Long memory,
      @Range(min = 1) Long nodes,
      @Range(min = 1) Integer threads) {}
}
