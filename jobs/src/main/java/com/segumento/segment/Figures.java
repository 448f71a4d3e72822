package com.segumento.segment;

import com.segumento.model.Field;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** Numeric traits and profile columns. */
final class Figures {
  private Figures() {}

  /** Whether all {@code names} are figures in scope; says which are not, and why. */
  static boolean numeric(
      Collection<String> names, String place, Scope scope, List<String> problems) {
    int before = problems.size();
    names.forEach(
        name -> problem(name, scope).ifPresent(found -> problems.add(place + ": " + found)));
    return problems.size() == before;
  }

  static Column column(String name) {
    return Field.optional(name, DataTypes.NullType).col();
  }

  private static Optional<String> problem(String name, Scope scope) {
    return scope.problem(List.of(name)).or(() -> noNumber(name, scope));
  }

  private static Optional<String> noNumber(String name, Scope scope) {
    DataType type =
        Stream.of(scope.columns().fields())
            .filter(field -> field.name().equalsIgnoreCase(name))
            .map(StructField::dataType)
            .findFirst()
            .orElseThrow();
    boolean number = type instanceof NumericType || type.equals(DataTypes.NullType);
    return number
        ? Optional.empty()
        : Optional.of(name + " is no number. Expected numeric traits or profile columns.");
  }
}
