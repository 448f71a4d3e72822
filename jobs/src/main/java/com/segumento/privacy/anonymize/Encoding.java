package com.segumento.privacy.anonymize;

import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.privacy.lattice.Groups;
import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Lattice;
import com.segumento.privacy.lattice.PrivacyModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Brings the combinations of a table to the driver, rolled up in Spark where that is asked for.
 *
 * @param quasi hierarchies of the quasi-identifiers, in the order of the table
 * @param sensitive domains of the sensitive attributes, in the order of the table
 * @param k of the persons of a group no more than so many are told apart
 */
record Encoding(
    Combinations combinations, List<Hierarchy> quasi, List<Hierarchy> sensitive, int k) {
  private static final Field PLACE = Field.required("segumento_place", DataTypes.IntegerType);

  private List<Hierarchy> all() {
    return Stream.concat(quasi.stream(), sensitive.stream()).toList();
  }

  /** The attributes that {@code models} look at, quasi-identifiers first. */
  List<Hierarchy> needed(List<PrivacyModel> models) {
    boolean countsAlone =
        combinations.table().person() == null
            && models.stream().allMatch(PrivacyModel.KAnonymity.class::isInstance);
    return countsAlone ? quasi : all();
  }

  /**
   * The combinations as they are at {@code levels}: with the first code of each label.
   *
   * @param needed attributes that are told apart
   */
  Dataset<Row> encoded(int[] levels, List<Hierarchy> needed) {
    Dataset<Row> rows = combinations.encoded(needed, levels);
    boolean persons = combinations.table().person() != null;
    if (persons && Lattice.sum(levels) == 0) {
      return rows;
    }
    List<Column> keys = new ArrayList<>();
    for (int i = 0; i < needed.size(); i++) {
      keys.add(functions.col(name(i)));
    }
    if (persons) {
      keys.add(Combinations.PERSON.col());
    }
    return rows.groupBy(keys.toArray(Column[]::new))
        .agg(Combinations.ROWS.as(functions.sum(Combinations.ROWS.col())));
  }

  /** Rows by quasi-identifier and code. Refuses values that no hierarchy knows. */
  long[][] rowsByCode() {
    long[][] rows = combinations.rowsByCode(all());
    refuse(Arrays.stream(rows).mapToLong(byCode -> byCode[byCode.length - 1]).toArray());
    return Arrays.copyOf(rows, quasi.size());
  }

  private void refuseUnknown(Packed counted) {
    long[] unknown = new long[counted.codes().length];
    for (int i = 0; i < unknown.length; i++) {
      for (int entry = 0; entry < counted.size(); entry++) {
        unknown[i] += counted.codes()[i][entry] == Packed.NONE ? counted.last()[entry] : 0;
      }
    }
    refuse(unknown);
  }

  private void refuse(long... unknown) {
    List<Hierarchy> all = all();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < unknown.length; i++) {
      if (unknown[i] > 0) {
        problems.add(
            "Attribute "
                + all.get(i).attribute()
                + " has "
                + unknown[i]
                + " rows with a value that its hierarchy does not know"
                + (all.get(i).code("").isEmpty() ? " (nor does it know an empty value)" : "")
                + ". Add a line for each such value, or correct the rows.");
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join("\n", problems));
    }
  }

  /** The columns of the quasi-identifiers. */
  Column[] keys() {
    Column[] keys = new Column[quasi.size()];
    for (int d = 0; d < keys.length; d++) {
      keys[d] = functions.col(name(d));
    }
    return keys;
  }

  private String name(int i) {
    return i < quasi.size()
        ? Combinations.quasi(combinations.table(), quasi.get(i).attribute())
        : Combinations.sensitive(combinations.table(), sensitive.get(i - quasi.size()).attribute());
  }

  /** Bytes that Spark lets a driver collect at once. */
  long mostCollected() {
    long most =
        combinations
            .table()
            .rows()
            .sparkSession()
            .sparkContext()
            .conf()
            .getSizeAsBytes("spark.driver.maxResultSize", "1g");
    return most == 0 ? Long.MAX_VALUE : most; // 0 is without a bound
  }

  /** The groups of the table where a search starts, with all that {@code models} look at. */
  Groups groups(Start start, List<PrivacyModel> models) {
    List<Hierarchy> needed = needed(models);
    if (combinations instanceof RowCombinations rows) {
      if (needed.size() < all().size() && rows.knows(sensitive)) {
        rowsByCode(); // refuses what would be seen no more
      }
      List<Packed> parts =
          start.merged()
              ? Packed.of(encoded(start.levels(), needed), needed.size())
              : rows.recoded(needed).collect();
      return groups(parts, null, needed);
    }
    Dataset<Row> rows = encoded(start.levels(), needed);
    List<Packed> persons = Packed.of(persons(rows), quasi.size());
    return groups(
        Packed.of(counted(rows), needed.size()), Packed.joined(persons, quasi.size()), needed);
  }

  private Groups groups(List<Packed> parts, Packed persons, List<Hierarchy> needed) {
    Packed counted = Packed.joined(parts, needed.size());
    refuseUnknown(counted);
    return new Entries(counted, persons, k)
        .groups(quasi, needed.subList(quasi.size(), needed.size()));
  }

  private Dataset<Row> counted(Dataset<Row> rows) {
    Column[] keys = new Column[quasi.size() + sensitive.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = functions.col(name(i));
    }
    return rows.groupBy(keys).agg(Combinations.ROWS.as(functions.sum(Combinations.ROWS.col())));
  }

  /** Of each group the persons with the smallest hashes, no more than can matter. */
  private Dataset<Row> persons(Dataset<Row> rows) {
    Column[] keys = keys();
    Column[] all = Arrays.copyOf(keys, keys.length + 1);
    all[keys.length] = Combinations.PERSON.col();
    WindowSpec byHash = Window.partitionBy(keys).orderBy(Combinations.PERSON.col());
    return rows.filter(Combinations.PERSON.col().isNotNull())
        .select(all)
        .distinct()
        .withColumn(PLACE.name(), functions.row_number().over(byHash))
        .filter(PLACE.col().leq(k))
        .select(all);
  }
}
