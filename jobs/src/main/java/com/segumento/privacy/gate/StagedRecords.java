package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.Export;
import com.segumento.model.Field;
import com.segumento.model.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The staged files as they lie there: one row per row of a file, every value as its text. */
record StagedRecords(
    SparkSession spark, List<String> files, Export.Format format, RecordClaim claim) {
  /** Number of the file, by its name. */
  static final Field FILE = Field.required("staged file", DataTypes.IntegerType);

  static final Field BROKEN = Field.required("staged broken", DataTypes.BooleanType);
  static final Field DISORDERED = Field.required("staged disordered", DataTypes.BooleanType);

  private static final Field ROWS = Field.required("rows of file", DataTypes.LongType);
  private static final Field POSITION = Field.required("staged position", DataTypes.LongType);
  private static final Field BLOCK = Field.required("staged block", DataTypes.LongType);
  private static final Field METADATA = Field.required("_metadata", new StructType());
  private static final Field PATH = Field.required("file_path", DataTypes.StringType);
  private static final Field START = Field.required("file_block_start", DataTypes.LongType);
  private static final Field RAW = Field.optional("raw", DataTypes.StringType);
  private static final Field TEXT = Field.optional("value", DataTypes.StringType);
  private static final String EMPTY = "\u0000";
  private static final Map<String, String> CSV =
      Map.of(
          "header",
          "true",
          "quote",
          "\"",
          "escape",
          "\"",
          "multiLine",
          "true",
          "emptyValue",
          EMPTY,
          "nullValue",
          "");

  /** The rows; nothing where a file has other columns than claimed. */
  Optional<Dataset<Row>> read() {
    return switch (format) {
      case PARQUET -> parquet();
      case CSV -> Optional.of(csv());
      case JSON -> Optional.of(json());
    };
  }

  private Optional<Dataset<Row>> parquet() {
    Dataset<Row> rows = spark.read().parquet(files.toArray(String[]::new));
    if (!types(rows.schema()).equals(types(claim.schema()))) {
      return Optional.empty();
    }
    List<Column> columns = place();
    columns.add(BROKEN.as(lit(false)));
    List<Field> fields = released();
    for (int i = 0; i < fields.size(); i++) {
      columns.add(SourceRecords.text(i).as(Records.text(fields.get(i))));
    }
    return Optional.of(described(rows.select(columns.toArray(Column[]::new))));
  }

  private static List<String> types(StructType schema) {
    return Stream.of(schema.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .toList();
  }

  /** A value is good only if the text of what was read of it is what is there. */
  private Dataset<Row> csv() {
    StructType texts = new StructType();
    for (Field field : released()) {
      texts = texts.add(field.name(), DataTypes.StringType, true);
    }
    Dataset<Row> rows =
        spark
            .read()
            .options(CSV)
            .option("columnNameOfCorruptRecord", RAW.name())
            .schema(texts.add(RAW.structField()))
            .csv(files.toArray(String[]::new));
    List<Column> columns = place();
    Column broken = RAW.col().isNotNull();
    for (int i = 0; i < released().size(); i++) {
      Field field = released().get(i);
      Column text = when(field.col().equalTo(EMPTY), lit("")).otherwise(field.col());
      broken = broken.or(not(again(text, field).eqNullSafe(text)));
      columns.add(SourceRecords.text(i).as(text));
    }
    columns.add(BROKEN.as(broken));
    return described(rows.select(columns.toArray(Column[]::new)));
  }

  private static Column again(Column text, Field field) {
    return field.type().equals(DataTypes.TimestampType)
        ? date_format(to_timestamp(text, Records.TIMESTAMP), Records.TIMESTAMP)
        : text.try_cast(field.type()).cast(DataTypes.StringType);
  }

  /** A line is good only if writing what was read of it gives the line again. */
  private Dataset<Row> json() {
    Map<String, String> form =
        Map.of("timestampFormat", Records.TIMESTAMP, "ignoreNullFields", "false");
    Field line = Field.optional("line", claim.schema());
    List<Column> columns = place();
    columns.add(TEXT.col());
    columns.add(line.as(from_json(TEXT.col(), claim.schema(), form)));
    Dataset<Row> lines =
        spark.read().text(files.toArray(String[]::new)).select(columns.toArray(Column[]::new));
    List<Column> read = new ArrayList<>(List.of(FILE.col(), BLOCK.col(), POSITION.col()));
    read.add(BROKEN.as(not(to_json(line.col(), form).eqNullSafe(TEXT.col()))));
    released().forEach(field -> read.add(field.as(field.in(line))));
    Dataset<Row> rows = lines.select(read.toArray(Column[]::new));
    List<Column> texts =
        new ArrayList<>(List.of(FILE.col(), BLOCK.col(), POSITION.col(), BROKEN.col()));
    for (int i = 0; i < released().size(); i++) {
      texts.add(SourceRecords.text(i).as(Records.text(released().get(i))));
    }
    return described(rows.select(texts.toArray(Column[]::new)));
  }

  private List<Field> released() {
    return claim.attributes().stream().map(RecordClaim.Attribute::released).toList();
  }

  /** Where a row is: file, block of the file, and after which others it was read. */
  private static List<Column> place() {
    Column number = regexp_extract(PATH.in(METADATA), "(?:part|joined|left)-([0-9]{5})[^/]*$", 1);
    return new ArrayList<>(
        List.of(
            FILE.as(number.cast(DataTypes.IntegerType)),
            BLOCK.as(START.in(METADATA)),
            POSITION.as(monotonically_increasing_id())));
  }

  private Dataset<Row> described(Dataset<Row> rows) {
    Column texts =
        struct(
            IntStream.range(0, claim.attributes().size())
                .mapToObj(i -> SourceRecords.text(i).col())
                .toArray(Column[]::new));
    Column before =
        lag(texts, 1).over(Window.partitionBy(FILE.col()).orderBy(BLOCK.col(), POSITION.col()));
    return rows.withColumn(DISORDERED.name(), coalesce(before.gt(texts), lit(false)));
  }

  /** How many rows there are of what was read, by file. */
  static Map<Integer, Long> rowsByFile(Dataset<Row> staged) {
    Map<Integer, Long> rows = new HashMap<>();
    staged
        .groupBy(FILE.col())
        .agg(ROWS.as(count(lit(1))))
        .collectAsList() // as many as there are files
        .forEach(row -> rows.put(row.getInt(0), row.getLong(1)));
    return rows;
  }
}
