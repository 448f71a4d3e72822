package com.segumento.retention;

import com.segumento.model.Field;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Something whose time has come.
 *
 * @param rule the setting that says so
 * @param subject what it is, below the lake: a prefix whose objects go, or a table
 * @param cutoff what is dated before it goes
 * @param dated the column that dates the rows of a table; nothing where a prefix goes as a whole
 * @param objects how many objects there are of it now; of a table, of the files that go whole
 */
public record Expired(
    String rule, String subject, LocalDate cutoff, Optional<Field> dated, long objects) {

  /** The same with an earlier cutoff. */
  Expired before(LocalDate earlier) {
    return new Expired(rule, subject, earlier, dated, objects);
  }

  /** In words, as {@code --dry-run} tells it. */
  public String says() {
    return dated.isPresent()
        ? "rows of " + subject + " whose " + dated.get().name() + " is before " + cutoff
        : subject + " (" + objects + " objects)";
  }
}
