package com.segumento.reference;

import com.segumento.ops.StageReport;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/**
 * What the files of a reference say, before it has a validity.
 *
 * @param schema of the table; its first column is the key, its last two are the validity
 * @param file where a refusal of duplicate keys points to
 * @param rows values of the columns but the validity, in the schema's order
 * @param figures adds what was found to the report
 */
record Content(
    StructType schema,
    String file,
    List<List<Object>> rows,
    Consumer<StageReport.Builder> figures) {}
