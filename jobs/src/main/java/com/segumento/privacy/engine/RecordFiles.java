package com.segumento.privacy.engine;

import com.segumento.config.Export;
import com.segumento.lake.StableFooters;
import com.segumento.model.Field;
import com.segumento.model.Records;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes records as files whose number, rows, order and bytes depend on the records only. Where the
 * format has no types, values are written as their {@link Records#text}.
 */
public final class RecordFiles {
  /** Row groups are small enough never to be shrunk, which would depend on the memory there is. */
  private static final Map<String, String> STABLE =
      Map.of(
          "timestampFormat", Records.TIMESTAMP, "parquet.block.size", Integer.toString(32 << 20));

  private RecordFiles() {}

  /**
   * Writes {@code records} into {@code folder}, which is empty.
   *
   * @param files how many at most
   */
  public static void write(Dataset<Row> records, int files, String folder, Export.Format format) {
    List<Field> fields =
        Stream.of(records.schema().fields())
            .map(field -> new Field(field.name(), field.dataType(), field.nullable()))
            .toList();
    Column[] texts = fields.stream().map(Records::text).toArray(Column[]::new);
    Column[] order = Stream.of(texts).map(Column::asc_nulls_first).toArray(Column[]::new);
    Column[] written =
        fields.stream()
            .map(field -> format == Export.Format.CSV ? field.as(Records.text(field)) : field.col())
            .toArray(Column[]::new);
    records
        .repartition(files, texts)
        .sortWithinPartitions(order)
        .select(written)
        .write()
        .options(CellFiles.NO_MARKER)
        .options(CellFiles.options(format))
        .options(STABLE)
        .format(format.name().toLowerCase(Locale.ROOT))
        .save(folder);
    if (format == Export.Format.PARQUET) {
      StableFooters.sort(records.sparkSession(), folder);
    }
  }
}
