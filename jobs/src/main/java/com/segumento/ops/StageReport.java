package com.segumento.ops;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one stage of a run found: figures only, never a row, a token or a key.
 *
 * @param stage {@code ingest}, {@code enrich}, {@code segment} or {@code export}
 * @param counts named figures, such as {@code rows_in}
 * @param breakdowns figures by label under a name, such as {@code quarantined_by_reason}; charts
 *     are drawn of them
 * @param versions Delta versions of the tables read and written, by {@code in:<table>} and {@code
 *     out:<table>}
 * @param hashes definition hashes by name, and Delta's own names of tables by {@code table:<table>}
 * @param outputs what was published, by export
 */
public record StageReport(
    String stage,
    Map<String, Long> counts,
    Map<String, Map<String, Double>> breakdowns,
    Map<String, Long> versions,
    Map<String, String> hashes,
    Map<String, String> outputs) {

  /** Between labels of a breakdown that share a figure. */
  public static final String OR = " or ";

  private static final String IN = "in:";
  private static final String OUT = "out:";
  private static final String TABLE = "table:";

  public StageReport {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    breakdowns = Collections.unmodifiableMap(new LinkedHashMap<>(breakdowns));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** The version of a table that the stage read. */
  public OptionalLong read(String table) {
    return version(IN + table);
  }

  /** The version of a table that the stage wrote. */
  public OptionalLong wrote(String table) {
    return version(OUT + table);
  }

  private OptionalLong version(String name) {
    Long version = versions.get(name);
    return version == null ? OptionalLong.empty() : OptionalLong.of(version);
  }

  /** What Delta calls a table itself, where the stage says. */
  public Optional<String> table(String name) {
    return Optional.ofNullable(hashes.get(TABLE + name));
  }

  /** The tables the stage wrote. */
  public List<String> written() {
    return versions.keySet().stream()
        .filter(name -> name.startsWith(OUT))
        .map(name -> name.substring(OUT.length()))
        .toList();
  }

  /** An empty report to be filled while the stage runs. */
  public static Builder of(String stage) {
    return new Builder(stage);
  }

  /** Collects the figures of a stage; of one thread. */
  public static final class Builder {
    private final String stage;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> breakdowns = new LinkedHashMap<>();
    private final Map<String, Long> versions = new LinkedHashMap<>();
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();

    private Builder(String stage) {
      this.stage = stage;
    }

    /** Adds {@code value} to the figure {@code name}. */
    public Builder count(String name, long value) {
      counts.merge(name, value, Long::sum);
      return this;
    }

    /** Adds {@code value} to the figure {@code label} of breakdown {@code name}. */
    public Builder breakdown(String name, String label, double value) {
      breakdowns
          .computeIfAbsent(name, key -> new LinkedHashMap<>())
          .merge(label, value, Double::sum);
      return this;
    }

    public Builder read(String table, long version) {
      versions.put(IN + table, version);
      return this;
    }

    public Builder wrote(String table, long version) {
      versions.put(OUT + table, version);
      return this;
    }

    /** What Delta calls a table itself, so that another in its place can be told. */
    public Builder table(String name, String id) {
      return hash(TABLE + name, id);
    }

    public Builder hash(String name, String hash) {
      hashes.put(name, hash);
      return this;
    }

    public Builder output(String name, String uri) {
      outputs.put(name, uri);
      return this;
    }

    public StageReport build() {
      return new StageReport(stage, counts, breakdowns, versions, hashes, outputs);
    }
  }
}
