package com.segumento.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** All that files say, as {@link StoredText}, read without Spark: values of Parquet as bytes. */
public final class StoredValues {
  private static final long SHORTEST = 12;

  private StoredValues() {}

  /**
   * Names and bytes of the files below {@code root} whose path from there is {@code wanted}, and
   * the binary values of Parquet files; a byte is a character.
   */
  public static String of(Path root, Predicate<String> wanted) throws IOException {
    StringBuilder all = new StringBuilder(StoredText.bytes(root, wanted));
    for (Path file :
        StoredText.files(root, path -> path.endsWith(".parquet") && wanted.test(path))) {
      if (Files.size(file) < SHORTEST) {
        continue; // begun and no more
      }
      try (ParquetReader<Group> rows =
          ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
              .withConf(new Configuration(false))
              .build()) {
        for (Group row = rows.read(); row != null; row = rows.read()) {
          values(row, all);
        }
      }
    }
    return all.toString();
  }

  private static void values(Group row, StringBuilder all) {
    for (int field = 0; field < row.getType().getFieldCount(); field++) {
      for (int at = 0; at < row.getFieldRepetitionCount(field); at++) {
        if (!row.getType().getType(field).isPrimitive()) {
          values(row.getGroup(field, at), all);
        } else if (row.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()
            == PrimitiveTypeName.BINARY) {
          all.append(new String(row.getBinary(field, at).getBytes(), ISO_8859_1)).append('\n');
        }
      }
    }
  }
}
