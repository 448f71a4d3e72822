package com.segumento.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Kind;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.contract.ContractColumn;
import com.segumento.contract.ContractColumn.Part;
import com.segumento.lake.DeltaTables;
import com.segumento.model.ConfigException;
import com.segumento.model.Events;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The ingested table of a dataset: its columns, and which good rows of a drop become its rows. */
record DropTable(DatasetContract contract, List<ContractColumn> columns, String path) {
  /** Mark of a drop that was never ingested because a correction took its place. */
  static final long REPLACED = 0L;

  private static final long ROWS_PER_FILE = 2_000_000L;
  private static final Field SLICE = Field.required("slice", DataTypes.LongType);
  private static final Field NEWEST = Field.required("newest", DataTypes.BinaryType);

  DropTable {
    columns = List.copyOf(columns);
  }

  boolean ofEvents() {
    return contract.kind() == Kind.EVENT;
  }

  private Stream<ContractColumn> stored() {
    return columns.stream().filter(column -> column.part() != Part.TOKEN);
  }

  StructType schema() {
    List<Field> fields = new ArrayList<>();
    fields.add(Persons.PERSON_KEY);
    stored().map(ContractColumn::field).forEach(fields::add);
    if (ofEvents()) {
      fields.add(Events.EVENT_DATE);
    }
    fields.add(Events.DROP_DATE);
    fields.add(Events.DROP_ID);
    return Field.schema(fields.toArray(Field[]::new));
  }

  /** Declares the table, or adds what the contract gained since. */
  void declare(DeltaTables tables) {
    if (!tables.exists(path)) {
      tables.declare(path, schema(), ofEvents() ? List.of(Events.EVENT_DATE.name()) : List.of());
      return;
    }
    StructType current = tables.schema(path);
    for (StructField wanted : schema().fields()) {
      Optional<StructField> is =
          Stream.of(current.fields()).filter(f -> f.name().equals(wanted.name())).findAny();
      if (is.isPresent() && !is.get().dataType().equals(wanted.dataType())) {
        throw new ConfigException(
            "Column "
                + wanted.name()
                + " of dataset "
                + contract.name()
                + " is "
                + wanted.dataType().catalogString()
                + " in the contract but "
                + is.get().dataType().catalogString()
                + " in the table. Declare a new column instead of changing a type.");
      }
    }
    tables.addColumns(path, schema());
  }

  /** Good rows as the table's. */
  Dataset<Row> select(Dataset<Row> good) {
    List<Column> all = new ArrayList<>();
    all.add(Persons.PERSON_KEY.col());
    stored().forEach(column -> all.add(column.field().as(column.value().col())));
    if (ofEvents()) {
      all.add(Events.EVENT_DATE.col());
    }
    all.add(Events.DROP_DATE.col());
    all.add(Events.DROP_ID.col());
    return good.select(all.toArray(Column[]::new));
  }

  /**
   * Events without those that agree with another of their drop in every column. Rows of a day come
   * together, so that a day's partition gets few files however many days a drop spans; days are cut
   * in slices where there are more rows than one file should have. One shuffle serves both.
   *
   * @param count how many good rows there are
   */
  Dataset<Row> distinctEvents(Dataset<Row> good, long count) {
    Dataset<Row> rows = select(good);
    long slices = count < ROWS_PER_FILE ? 1 : 1 + mostRowsOfADay(rows) / ROWS_PER_FILE;
    return rows.withColumn(SLICE.name(), pmod(xxhash64(Persons.PERSON_KEY.col()), lit(slices)))
        .repartition(Events.EVENT_DATE.col(), SLICE.col())
        .dropDuplicates()
        .drop(SLICE.name());
  }

  // One figure a day of the window, of which the largest comes back.
  private static long mostRowsOfADay(Dataset<Row> rows) {
    Row most =
        rows.groupBy(Events.EVENT_DATE.col())
            .agg(SLICE.as(count(lit(1))))
            .agg(max(SLICE.col()))
            .first();
    return most.isNullAt(0) ? 0 : most.getLong(0);
  }

  /**
   * One row a person: the newest by {@code updated_at}; of several as new the largest in the order
   * of the columns, so that the choice does not depend on how the files were read.
   */
  Dataset<Row> newest(Dataset<Row> good) {
    Dataset<Row> rows = select(good);
    List<Column> order = new ArrayList<>();
    updatedAt().ifPresent(field -> order.add(field.col().as("updated")));
    order.add(
        struct(Stream.of(rows.columns()).map(DropTable::quoted).toArray(Column[]::new)).as("row"));
    return rows.groupBy(Persons.PERSON_KEY.col().as("person"))
        .agg(NEWEST.as(max(struct(order.toArray(Column[]::new)))))
        .select(
            Stream.of(rows.columns())
                .map(name -> NEWEST.col().getField("row").getField(name).as(name))
                .toArray(Column[]::new));
  }

  private static Column quoted(String name) {
    return Field.optional(name, DataTypes.NullType).col();
  }

  /** Whether {@code new} is newer than {@code old} of one person. */
  Column newer() {
    Field by = updatedAt().orElse(Events.DROP_DATE);
    return side("new", by).gt(side("old", by));
  }

  Column samePerson() {
    return side("old", Persons.PERSON_KEY).equalTo(side("new", Persons.PERSON_KEY));
  }

  private static Column side(String side, Field field) {
    return col(side + ".`" + field.name().replace("`", "``") + "`");
  }

  private Optional<Field> updatedAt() {
    return stored()
        .filter(column -> column.part() == Part.UPDATED_AT)
        .map(ContractColumn::field)
        .findAny();
  }

  /** Whether drops are the whole table. */
  boolean snapshot() {
    return contract.mode() == Mode.SNAPSHOT;
  }
}
