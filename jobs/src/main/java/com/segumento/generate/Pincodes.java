package com.segumento.generate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Indian postal codes by the people who live there. */
final class Pincodes {
  private static final String WEIGHTS = "pincode_weights.csv.gz";
  private static final Field SLOT = Field.required("__slot", DataTypes.IntegerType);
  private static final Field THRESHOLD = Field.required("__threshold", DataTypes.DoubleType);
  private static final Field OWN = Field.required("__own", DataTypes.StringType);
  private static final Field OTHER = Field.required("__other", DataTypes.StringType);
  private static final StructType SCHEMA = Field.schema(SLOT, THRESHOLD, OWN, OTHER);

  private final Dataset<Row> table;
  private final Alias alias;

  /** Reads the weights; their number is that of postal codes, whatever the drop's size. */
  Pincodes(SparkSession session) {
    List<String> codes = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (String line : lines()) {
      int comma = line.indexOf(',');
      codes.add(line.substring(0, comma));
      weights.add(Double.valueOf(line.substring(comma + 1)));
    }
    alias = new Alias(weights.stream().mapToDouble(Double::doubleValue).toArray());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      rows.add(RowFactory.create(i, alias.threshold(i), codes.get(i), codes.get(alias.other(i))));
    }
    table = session.createDataFrame(rows, SCHEMA);
  }

  /** {@code rows} with a postal code by {@code uniform} in the column {@code into}. */
  Dataset<Row> attach(Dataset<Row> rows, Field into, Column uniform) {
    Column code = when(alias.within(uniform).lt(THRESHOLD.col()), OWN.col()).otherwise(OTHER.col());
    return rows.withColumn(SLOT.name(), alias.slot(uniform))
        .join(broadcast(table), SLOT.name()) // n:1, the table is unique by slot
        .withColumn(into.name(), code)
        .drop(SLOT.name(), THRESHOLD.name(), OWN.name(), OTHER.name());
  }

  private static List<String> lines() {
    try (InputStream resource = Pincodes.class.getResourceAsStream(WEIGHTS);
        BufferedReader text =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
      return text.lines().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
