package com.segumento.retention;

import com.segumento.lake.RetentionLedger.Line;
import com.segumento.model.Field;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;

/**
 * Something whose time has come.
 *
 * @param rule the setting that says so
 * @param subject what it is, below the lake: a prefix whose objects go, or a table
 * @param cutoff what is dated before it goes
 * @param dated the column that dates the rows of a table; nothing where a prefix goes as a whole or
 *     a memory is folded
 * @param folded whether it is a release memory, of which old sets go and no rows as such
 * @param objects how many objects there are of it now; of a table, of the files that go whole
 */
public record Expired(
    String rule,
    String subject,
    LocalDate cutoff,
    Optional<Field> dated,
    boolean folded,
    long objects) {
  private static final String DATED = "dated";
  private static final String FOLDED = "folded";

  /** A prefix. */
  static Expired prefix(String rule, String prefix, LocalDate cutoff, long objects) {
    return new Expired(rule, prefix, cutoff, Optional.empty(), false, objects);
  }

  /** Rows of a table. */
  static Expired rows(String rule, String table, LocalDate cutoff, Field dated) {
    return new Expired(rule, table, cutoff, Optional.of(dated), false, 0);
  }

  /** Sets of persons in a release memory that were replaced before the cutoff. */
  static Expired sets(String rule, String memory, LocalDate cutoff) {
    return new Expired(rule, memory, cutoff, Optional.empty(), true, 0);
  }

  /** What a run had begun to delete, by what {@link #told} said of it. */
  static Expired begun(Line line) {
    return new Expired(
        line.rule(),
        line.subject(),
        line.cutoff(),
        Optional.ofNullable(line.details().get(DATED))
            .map(name -> Field.required(name, DataTypes.DateType)),
        line.details().containsKey(FOLDED),
        Long.parseLong(line.details().getOrDefault(Line.OBJECTS, "0")));
  }

  /** What the ledger is to say of it, so that a killed run can be gone on from. */
  Map<String, String> told() {
    if (isPrefix()) {
      return Map.of(Line.OBJECTS, Long.toString(objects));
    }
    return folded ? Map.of(FOLDED, "") : Map.of(DATED, dated.orElseThrow().name());
  }

  /** As {@link Line#what}. */
  String what() {
    return rule + " " + subject;
  }

  boolean isPrefix() {
    return !folded && dated.isEmpty();
  }

  /** This and what was begun of the same before, as one. */
  Expired and(Expired begun) {
    return new Expired(
        rule,
        subject,
        cutoff.isBefore(begun.cutoff) ? begun.cutoff : cutoff,
        dated,
        folded,
        Math.max(objects, begun.objects));
  }

  /** The same with an earlier cutoff. */
  Expired before(LocalDate earlier) {
    return new Expired(rule, subject, earlier, dated, folded, objects);
  }

  /** In words, as {@code --dry-run} tells it. */
  public String says() {
    if (folded) {
      return "sets of persons in " + subject + " that were replaced before " + cutoff;
    }
    return dated.isPresent()
        ? "rows of " + subject + " whose " + dated.get().name() + " is before " + cutoff
        : subject + " (" + objects + " objects)";
  }
}
