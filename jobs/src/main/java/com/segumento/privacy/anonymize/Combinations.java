package com.segumento.privacy.anonymize;

import com.segumento.model.Field;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * A table compressed to its distinct combinations of quasi-identifiers, sensitive attributes and,
 * where persons may have several rows, persons; with how many rows share each. The table is read
 * once. All else is made of the result, which is kept until {@link #close}.
 */
sealed interface Combinations extends AutoCloseable permits RowCombinations, PersonCombinations {
  Field ROWS = Field.required("segumento_rows", DataTypes.LongType);
  Field PERSON = Field.optional("segumento_person", DataTypes.LongType);

  /**
   * The combinations of a table.
   *
   * @param known hierarchies of attributes by name, as far as there are any yet
   */
  static Combinations of(InputTable table, Map<String, Hierarchy> known) {
    return table.person() == null ? RowCombinations.of(table, known) : PersonCombinations.of(table);
  }

  /** Our name for a quasi-identifier, whatever its own is. */
  static String quasi(InputTable table, String name) {
    return "q" + table.quasi().indexOf(name);
  }

  /** Our name for a sensitive attribute. */
  static String sensitive(InputTable table, String name) {
    return "s" + table.sensitive().indexOf(name);
  }

  /** Our name for an attribute. */
  static String ours(InputTable table, String name) {
    return table.quasi().contains(name) ? quasi(table, name) : sensitive(table, name);
  }

  InputTable table();

  /**
   * What there is.
   *
   * @param attributes whose values are wanted
   */
  Summary summary(List<String> attributes);

  /**
   * The codes of each combination, the person if need be, the rows; null where a hierarchy does not
   * know a value. A combination may be in several lines.
   *
   * @param hierarchies of quasi-identifiers, then of sensitive attributes; those left out are not
   *     told apart
   * @param levels of the quasi-identifiers; codes are those of the first value of each label
   */
  Dataset<Row> encoded(List<Hierarchy> hierarchies, int[] levels);

  /**
   * Rows by hierarchy and code; in a last place more, those whose value the hierarchy does not
   * know.
   */
  long[][] rowsByCode(List<Hierarchy> hierarchies);

  @Override
  void close();

  /**
   * What there is, found in one pass.
   *
   * @param rows of the table
   * @param combinations how many there are at most
   * @param persons distinct ones that are named
   * @param blanks whether any text is empty without being null
   * @param values distinct ones of the attributes that were asked for; they grow with the
   *     attributes' domains, not with persons
   */
  record Summary(
      long rows,
      long combinations,
      long persons,
      boolean blanks,
      Map<String, List<String>> values) {}
}
