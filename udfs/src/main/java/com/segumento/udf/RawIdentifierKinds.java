package com.segumento.udf;

import com.segumento.udf.RawIdentifiers.Kind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.api.java.UDF1;

/**
 * The kinds of raw identifier in a text as codes {@code <column>:raw_<kind>}; null where there is
 * none, and for null. Ask {@code rlike} {@link RawIdentifiers#SUSPICIOUS} first.
 */
public final class RawIdentifierKinds implements UDF1<String, String[]> {
  private static final long serialVersionUID = 1L;

  private final String prefix;
  private final EnumSet<Kind> ignored = EnumSet.noneOf(Kind.class);

  /**
   * Codes of the column that reports call {@code column}.
   *
   * @param lookalikes kinds that are no finding there, comma-separated
   */
  public RawIdentifierKinds(String column, String lookalikes) {
    this.prefix = column + ":raw_";
    Stream.of(lookalikes.split(","))
        .filter(kind -> !kind.isEmpty())
        .map(Kind::valueOf)
        .forEach(ignored::add);
  }

  @Override
  public String[] call(String text) {
    Set<Kind> found = RawIdentifiers.in(text);
    found.removeAll(ignored);
    return found.isEmpty()
        ? null
        : found.stream()
            .map(kind -> prefix + kind.name().toLowerCase(Locale.ROOT))
            .toArray(String[]::new);
  }
}
