package com.segumento.privacy.anonymize;

import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.privacy.lattice.Groups;
import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Lattice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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
  private static final Field CODE = Field.required("segumento_code", DataTypes.IntegerType);
  private static final Field FIRST = Field.required("segumento_first", DataTypes.IntegerType);
  private static final Field PLACE = Field.required("segumento_place", DataTypes.IntegerType);

  /** The combinations with codes in the place of values. */
  Dataset<Row> encoded() {
    return combinations.encoded(all());
  }

  private List<Hierarchy> all() {
    return Stream.concat(quasi.stream(), sensitive.stream()).toList();
  }

  /** The combinations as they are at {@code levels}: with the first code of each label. */
  Dataset<Row> encoded(int[] levels) {
    Dataset<Row> rows = encoded();
    if (IntStream.of(levels).allMatch(level -> level == 0)) {
      return rows;
    }
    for (int d = 0; d < quasi.size(); d++) {
      if (levels[d] > 0) {
        rows = raised(rows, name(d), quasi.get(d), levels[d]);
      }
    }
    List<Column> keys = new ArrayList<>();
    for (int i = 0; i < quasi.size() + sensitive.size(); i++) {
      keys.add(functions.col(name(i)));
    }
    if (combinations.table().person() != null) {
      keys.add(Combinations.PERSON.col());
    }
    return rows.groupBy(keys.toArray(Column[]::new))
        .agg(Combinations.ROWS.as(functions.sum(Combinations.ROWS.col())));
  }

  /** Puts the code of the first value that has the same label in the place of each code. */
  private static Dataset<Row> raised(
      Dataset<Row> rows, String name, Hierarchy hierarchy, int level) {
    int[] first = hierarchy.representatives(level);
    List<Row> lines = new ArrayList<>();
    for (int code = 0; code < hierarchy.values(); code++) {
      lines.add(RowFactory.create(code, first[hierarchy.generalize(code, level)]));
    }
    Dataset<Row> codes = rows.sparkSession().createDataFrame(lines, Field.schema(CODE, FIRST));
    return rows.join( // n:1, each code is listed once
            functions.broadcast(codes), functions.col(name).equalTo(CODE.col()), "left")
        .withColumn(name, FIRST.col())
        .drop(CODE.name(), FIRST.name());
  }

  /** Refuses values that no hierarchy knows, all attributes at once. */
  void refuseUnknown() {
    List<Column> unknown = new ArrayList<>();
    for (int i = 0; i < quasi.size() + sensitive.size(); i++) {
      unknown.add(
          functions.coalesce(
              functions.sum(
                  functions.when(functions.col(name(i)).isNull(), Combinations.ROWS.col())),
              functions.lit(0L)));
    }
    Row counts =
        encoded()
            .agg(unknown.get(0), unknown.subList(1, unknown.size()).toArray(Column[]::new))
            .first();
    refuse(IntStream.range(0, unknown.size()).mapToLong(counts::getLong).toArray());
  }

  private void refuseUnknown(Packed counted) {
    long[] unknown = new long[quasi.size() + sensitive.size()];
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

  /** The groups of the table at {@code levels}. */
  Groups groups(int[] levels) {
    int columns = quasi.size() + sensitive.size();
    boolean rowsOnly = combinations.table().person() == null;
    if (rowsOnly && Lattice.sum(levels) == 0) {
      List<Packed> parts = Packed.encoded(combinations.texts(), dictionaries());
      Packed counted = Packed.joined(parts, columns);
      refuseUnknown(counted);
      return new Entries(counted, null, k).groups(quasi, sensitive);
    }
    Dataset<Row> rows = encoded(levels);
    Packed counted = Packed.joined(Packed.of(rowsOnly ? rows : counted(rows), columns), columns);
    refuseUnknown(counted);
    Packed persons =
        rowsOnly ? null : Packed.joined(Packed.of(persons(rows), quasi.size()), quasi.size());
    return new Entries(counted, persons, k).groups(quasi, sensitive);
  }

  private List<Map<String, Integer>> dictionaries() {
    List<Map<String, Integer>> dictionaries = new ArrayList<>();
    for (Hierarchy hierarchy : all()) {
      Map<String, Integer> codes = new HashMap<>();
      for (int code = 0; code < hierarchy.values(); code++) {
        codes.put(hierarchy.value(code), code);
      }
      dictionaries.add(codes);
    }
    return dictionaries;
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
    Column[] all = java.util.Arrays.copyOf(keys, keys.length + 1);
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
