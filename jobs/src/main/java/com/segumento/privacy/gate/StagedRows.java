package com.segumento.privacy.gate;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import com.segumento.config.Export;
import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The one staged file as it lies there: one row per row of the file, every value as text. */
record StagedRows(SparkSession spark, String file, Export.Format format, Claim claim) {
  static final Field POSITION = Field.required("staged position", DataTypes.LongType);
  static final Field BROKEN = Field.required("staged broken", DataTypes.BooleanType);
  static final Field COPIES = Field.required("staged copies", DataTypes.LongType);
  static final Field DISORDERED = Field.required("staged disordered", DataTypes.BooleanType);

  private static final Field RAW = Field.optional("raw", DataTypes.StringType);
  private static final Field TEXT = Field.optional("value", DataTypes.StringType);
  private static final Map<String, String> CSV =
      Map.of("header", "true", "quote", "\"", "escape", "\"", "multiLine", "true");

  static Field key(int i) {
    return Field.optional("staged key " + i, DataTypes.StringType);
  }

  static Field claimed(int figure) {
    return Field.optional("staged figure " + figure, DataTypes.StringType);
  }

  /** The rows; nothing where the file has other columns than claimed. */
  Optional<Dataset<Row>> read() {
    return switch (format) {
      case PARQUET -> parquet();
      case CSV -> csv();
      case JSON -> Optional.of(json());
    };
  }

  private Optional<Dataset<Row>> parquet() {
    Dataset<Row> rows = spark.read().parquet(file);
    if (!types(rows.schema()).equals(types(claim.schema()))) {
      return Optional.empty();
    }
    return Optional.of(described(rows.withColumn(BROKEN.name(), lit(false))));
  }

  private static List<String> types(StructType schema) {
    return Stream.of(schema.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .toList();
  }

  private Optional<Dataset<Row>> csv() {
    DataFrameReader reader = spark.read().options(CSV);
    if (!List.of(reader.csv(file).columns()).equals(List.of(claim.schema().names()))) {
      return Optional.empty();
    }
    StructType texts = new StructType();
    for (StructField field : claim.schema().fields()) {
      texts = texts.add(field.name(), DataTypes.StringType, true);
    }
    Dataset<Row> rows =
        reader
            .option("columnNameOfCorruptRecord", RAW.name())
            .schema(texts.add(RAW.structField()))
            .csv(file);
    return Optional.of(described(rows.withColumn(BROKEN.name(), RAW.col().isNotNull())));
  }

  /** A line is good only if writing what was read of it gives the line again. */
  private Dataset<Row> json() {
    Field line = Field.optional("line", claim.schema());
    Dataset<Row> lines =
        spark.read().text(file).withColumn(line.name(), from_json(TEXT.col(), claim.schema()));
    Column again = to_json(line.col(), Map.of("ignoreNullFields", "false"));
    Column broken = not(again.eqNullSafe(TEXT.col()));
    List<Column> columns = new ArrayList<>(List.of(BROKEN.as(broken)));
    claim.columns().forEach(column -> columns.add(column.as(column.in(line))));
    return described(lines.select(columns.toArray(Column[]::new)));
  }

  private Dataset<Row> described(Dataset<Row> rows) {
    int keys = claim.dimensions().size() + 1;
    List<Column> columns =
        new ArrayList<>(List.of(POSITION.as(monotonically_increasing_id()), BROKEN.col()));
    for (int i = 0; i < claim.columns().size(); i++) {
      Field named = i < keys ? key(i) : claimed(i - keys);
      columns.add(named.as(claim.columns().get(i).col().cast(DataTypes.StringType)));
    }
    Column[] key = IntStream.range(0, keys).mapToObj(i -> key(i).col()).toArray(Column[]::new);
    Column before = lag(struct(key), 1).over(Window.orderBy(POSITION.col()));
    return rows.select(columns.toArray(Column[]::new))
        .withColumn(DISORDERED.name(), before.gt(struct(key)))
        .withColumn(COPIES.name(), count(lit(1)).over(Window.partitionBy(key)));
  }
}
