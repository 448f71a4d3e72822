package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.config.DatasetContract.Role;
import com.segumento.model.ConfigException;
import com.segumento.model.DataContractException;
import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The table to be anonymized, with the columns the specification names.
 *
 * @param rows as they are read
 * @param quasi quasi-identifiers in the order of the table
 * @param sensitive sensitive attributes in the order of the table
 * @param kept columns of the result in the order of the table: quasi-identifiers, sensitive and
 *     insensitive ones
 * @param dropped identifying columns, the persons' and those that are not named
 * @param person the persons' column; null where every row is one
 */
record InputTable(
    Dataset<Row> rows,
    List<String> quasi,
    List<String> sensitive,
    List<String> kept,
    List<String> dropped,
    String person) {

  static InputTable read(WholeLines lines, AnonymizeSpec spec) {
    return of(rows(lines, spec.input()), spec);
  }

  private static Dataset<Row> rows(WholeLines lines, AnonymizeSpec.Input input) {
    try {
      return lines.read();
    } catch (DataContractException e) {
      throw e;
    } catch (Exception e) { // also checked ones, thrown unseen by Scala
      throw new ConfigException(
          "The table "
              + input.path()
              + " can't be read as "
              + input.format().name().toLowerCase(Locale.ROOT)
              + ". Check input.path, input.format and input.options.",
          e);
    }
  }

  private static InputTable of(Dataset<Row> rows, AnonymizeSpec spec) {
    List<String> columns = List.of(rows.columns());
    refuseUnknown(columns, spec);
    for (String name : spec.attributes(Role.QUASI)) {
      refuseUnlessText(rows.schema(), name);
    }
    for (String name : spec.attributes(Role.SENSITIVE)) {
      refuseUnlessText(rows.schema(), name);
    }
    String person = spec.personIsRow() ? null : spec.person();
    Dataset<Row> even = withoutNegativeZero(rows, spec);
    Set<String> kept = new LinkedHashSet<>(columns);
    kept.retainAll(spec.attributes().keySet());
    kept.removeAll(spec.attributes(Role.IDENTIFYING));
    kept.remove(person);
    List<String> dropped = new ArrayList<>(columns);
    dropped.removeAll(kept);
    return new InputTable(
        even,
        of(columns, spec.attributes(Role.QUASI)),
        of(columns, spec.attributes(Role.SENSITIVE)),
        List.copyOf(kept),
        dropped,
        person);
  }

  // Grouping takes -0.0 for 0.0; their texts differ.
  private static Dataset<Row> withoutNegativeZero(Dataset<Row> rows, AnonymizeSpec spec) {
    Dataset<Row> even = rows;
    for (StructField field : rows.schema().fields()) {
      boolean binary =
          field.dataType().equals(DataTypes.DoubleType)
              || field.dataType().equals(DataTypes.FloatType);
      if (binary && spec.attributes().containsKey(field.name())) {
        Column value = column(field.name());
        even =
            even.withColumn(
                field.name(),
                functions
                    .when(value.equalTo(0.0), functions.lit(0.0).cast(field.dataType()))
                    .otherwise(value));
      }
    }
    return even;
  }

  private static List<String> of(List<String> columns, List<String> named) {
    return columns.stream().filter(named::contains).toList();
  }

  private static void refuseUnknown(List<String> columns, AnonymizeSpec spec) {
    if (Set.copyOf(columns).size() != columns.size()) {
      throw new ConfigException(
          "The table "
              + spec.input().path()
              + " has several columns of one name. Give each a name of its own.");
    }
    Set<String> unknown = new LinkedHashSet<>(spec.attributes().keySet());
    if (!spec.personIsRow()) {
      unknown.add(spec.person());
    }
    unknown.removeAll(columns);
    if (columns.isEmpty()) {
      throw new ConfigException(
          "The table " + spec.input().path() + " is empty: it has no columns. Check input.path.");
    }
    if (!unknown.isEmpty()) {
      throw new ConfigException(
          "The table "
              + spec.input().path()
              + " has no column "
              + String.join(", ", unknown)
              + ". Its columns are: "
              + String.join(", ", columns)
              + ". Check attributes, person and input.options (header, sep).");
    }
  }

  private static void refuseUnlessText(StructType schema, String name) {
    DataType type =
        Arrays.stream(schema.fields())
            .filter(field -> field.name().equals(name))
            .map(StructField::dataType)
            .findFirst()
            .orElseThrow();
    if (type instanceof StructType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof BinaryType) {
      throw new ConfigException(
          "Attribute "
              + name
              + " is of type "
              + type.simpleString()
              + ". Expected a text, a number, a date or a boolean.");
    }
  }

  /** An attribute as the text hierarchies know it by; what is null is the empty text. */
  static Column text(String attribute) {
    return functions.coalesce(column(attribute).cast(DataTypes.StringType), functions.lit(""));
  }

  /** Whether any attribute's text is empty without being null. */
  Column blank() {
    Column blank = functions.lit(false);
    for (String name : attributes()) {
      if (rows.schema().apply(name).dataType().equals(DataTypes.StringType)) {
        blank = blank.or(column(name).isNotNull().and(text(name).equalTo("")));
      }
    }
    return blank;
  }

  /** Quasi-identifiers, then sensitive attributes. */
  List<String> attributes() {
    return Stream.concat(quasi.stream(), sensitive.stream()).toList();
  }

  /** Whether combinations of quasi-identifiers and sensitive attributes are all that is written. */
  boolean keepsOnlyAttributes() {
    return attributes().containsAll(kept);
  }

  static Column column(String name) {
    return Field.optional(name, DataTypes.StringType).col();
  }
}
