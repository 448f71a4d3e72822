package com.segumento.contract;

import static com.segumento.model.Field.optional;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.RawIdentifier;
import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column a drop must have, and the columns it takes while a drop is read: its text as delivered,
 * its value, and whether the text is no such value.
 *
 * @param index its place among the dataset's columns
 * @param part what it is in the dataset
 * @param name its name in the file and, but for the token, in the table
 * @param contract what else is said of it; an empty one for columns that have a part of their own
 */
public record ContractColumn(
    int index, Part part, String name, DataType type, ColumnContract contract) {
  private static final ColumnContract REQUIRED =
      new ColumnContract("", true, null, null, null, null, null, null, null, null, null);

  /** Parts a column plays. */
  public enum Part {
    TOKEN,
    UPDATED_AT,
    EVENT_TIME,
    EVENT_TYPE,
    PLAIN
  }

  /** All columns of a dataset: token, times and type, then the others in the contract's order. */
  public static List<ContractColumn> of(DatasetContract dataset) {
    List<ContractColumn> columns = new ArrayList<>();
    special(columns, Part.TOKEN, dataset.token().column(), DataTypes.StringType);
    special(columns, Part.UPDATED_AT, dataset.updatedAt(), DataTypes.TimestampType);
    special(columns, Part.EVENT_TIME, dataset.eventTime(), DataTypes.TimestampType);
    special(columns, Part.EVENT_TYPE, dataset.eventType(), DataTypes.StringType);
    List<String> taken = columns.stream().map(ContractColumn::name).toList();
    dataset
        .columns()
        .forEach(
            (name, contract) -> {
              if (!taken.contains(name)) {
                DataType type = contract.dataType();
                columns.add(new ContractColumn(columns.size(), Part.PLAIN, name, type, contract));
              }
            });
    return List.copyOf(columns);
  }

  private static void special(List<ContractColumn> columns, Part part, String name, DataType type) {
    if (name != null) {
      columns.add(new ContractColumn(columns.size(), part, name, type, REQUIRED));
    }
  }

  /** What reason codes call it. */
  String code() {
    return switch (part) {
      case TOKEN -> "token";
      case UPDATED_AT -> "updated_at";
      case EVENT_TIME -> "event_time";
      case EVENT_TYPE -> "event_type";
      case PLAIN -> name;
    };
  }

  boolean required() {
    return Boolean.TRUE.equals(contract.required());
  }

  String lookalikes() {
    return contract.lookalikes().stream().map(RawIdentifier::name).collect(Collectors.joining(","));
  }

  /** The column as the table has it. */
  public Field field() {
    return new Field(name, type, !required());
  }

  /** The column as a delivered file names it. */
  Field delivered() {
    return optional(name, DataTypes.StringType);
  }

  Field text() {
    return optional("text_" + index, DataTypes.StringType);
  }

  public Field value() {
    return optional("value_" + index, type);
  }

  Field wrong() {
    return optional("wrong_" + index, DataTypes.BooleanType);
  }

  /** Whether a json row has a field of this name. */
  public Field present() {
    return optional("present_" + index, DataTypes.BooleanType);
  }
}
