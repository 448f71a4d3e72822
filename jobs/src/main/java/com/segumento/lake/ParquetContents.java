package com.segumento.lake;

import com.segumento.udf.NeedleSearch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Shows a search the pages of a Parquet file, decompressed; where an encoding takes values apart
 * (those that keep only what differs from the value before, or that part values by byte), the
 * values themselves. Footer, statistics and indexes are never compressed: who reads the stored
 * bytes has seen them.
 */
final class ParquetContents {
  static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  private static final Set<Encoding> TAKE_APART =
      EnumSet.of(Encoding.DELTA_BYTE_ARRAY, Encoding.BYTE_STREAM_SPLIT);
  private static final int BUFFER = 1 << 16;

  private final byte[] buffer = new byte[BUFFER];
  private final NeedleSearch search;

  ParquetContents(NeedleSearch search) {
    this.search = search;
  }

  /** Whether a file that begins so is one of Parquet's. */
  static boolean is(byte[] beginning) {
    return beginning.length >= MAGIC.length
        && Arrays.equals(MAGIC, Arrays.copyOf(beginning, MAGIC.length));
  }

  /**
   * Shows all pages.
   *
   * @return why not all could be seen, where that is so
   */
  Optional<String> show(Configuration hadoop, Path path) {
    try (ParquetFileReader file = ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop))) {
      MessageType schema = file.getFileMetaData().getSchema();
      String writer = file.getFileMetaData().getCreatedBy();
      for (BlockMetaData block : file.getRowGroups()) {
        PageReadStore pages = file.readNextRowGroup();
        for (ColumnDescriptor column : schema.getColumns()) {
          if (takenApart(block, column)) {
            long values = pages.getPageReader(column).getTotalValueCount();
            ColumnReadStoreImpl columns =
                new ColumnReadStoreImpl(
                    pages, new DummyRecordConverter(schema).getRootConverter(), schema, writer);
            showValues(columns.getColumnReader(column), column, values);
          } else {
            showPages(pages.getPageReader(column));
          }
        }
      }
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      search.end();
      return Optional.of("is no whole Parquet file");
    }
  }

  private static boolean takenApart(BlockMetaData block, ColumnDescriptor column) {
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    if (type != PrimitiveTypeName.BINARY && type != PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
      return false;
    }
    return block.getColumns().stream()
        .filter(chunk -> Arrays.equals(chunk.getPath().toArray(), column.getPath()))
        .map(ColumnChunkMetaData::getEncodings)
        .anyMatch(encodings -> encodings.stream().anyMatch(TAKE_APART::contains));
  }

  private void showValues(ColumnReader values, ColumnDescriptor column, long count) {
    for (long value = 0; value < count; value++) {
      if (values.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
        byte[] bytes = values.getBinary().getBytes();
        search.next(bytes, 0, bytes.length);
        search.end();
      }
      values.consume();
    }
  }

  private void showPages(PageReader pages) throws IOException {
    DictionaryPage dictionary = pages.readDictionaryPage();
    if (dictionary != null) {
      show(dictionary.getBytes());
    }
    for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
      show(
          page.accept(
              new DataPage.Visitor<BytesInput>() {
                @Override
                public BytesInput visit(DataPageV1 first) {
                  return first.getBytes();
                }

                @Override
                public BytesInput visit(DataPageV2 second) {
                  return second.getData();
                }
              }));
    }
  }

  private void show(BytesInput input) throws IOException {
    InputStream in = input.toInputStream();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      search.next(buffer, 0, read);
    }
    search.end();
  }
}
