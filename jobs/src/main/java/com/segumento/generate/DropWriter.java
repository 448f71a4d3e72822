package com.segumento.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Csv;
import com.segumento.config.DatasetContract.Format;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.StableFooters;
import com.segumento.lake.WrittenFiles;
import com.segumento.lake.WrittenFiles.Described;
import com.segumento.model.ClientId;
import com.segumento.model.LakeLayout;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Lays drops into the landing zone: the files first, the manifest last. A drop that is already
 * there under the same id is left as it is; another one of that dataset and day is replaced.
 */
record DropWriter(SparkSession session, Lake lake, ClientId client) {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final int ID_DIGITS = 12;

  /** {@code _MANIFEST.json}. */
  private record Manifest(
      String dropId, String client, String dataset, String date, List<File> files) {
    private record File(String path, String sha256, long rows) {}
  }

  /**
   * Writes one drop.
   *
   * @param recipe all that decides the drop's content, as text
   * @param put writes the files under the URI it is given
   * @return the drop; nothing where it has no rows, which is then no drop
   */
  Optional<GeneratedDrop> write(
      DatasetContract contract, LocalDate date, String recipe, Consumer<String> put) {
    String dropId =
        String.join(
            "-",
            client.value(),
            contract.name(),
            date.toString(),
            Digests.hex(recipe).substring(0, ID_DIGITS));
    String folder = lake.layout().landing(client, contract.name(), date);
    String manifestUri = folder + "/" + LakeLayout.MANIFEST;
    Optional<GeneratedDrop> present = present(manifestUri, dropId, contract, date);
    if (present.isPresent()) {
      return present;
    }
    lake.objects().delete(manifestUri); // first, so that no half-replaced drop looks complete
    put.accept(folder);
    List<Described> files = describe(folder, contract);
    long rows = files.stream().mapToLong(Described::rows).sum();
    if (rows == 0) {
      lake.objects().delete(folder);
      return Optional.empty();
    }
    Manifest manifest =
        new Manifest(
            dropId,
            client.value(),
            contract.name(),
            date.toString(),
            files.stream()
                .map(file -> new Manifest.File(name(file.uri()), file.sha256(), file.rows()))
                .toList());
    lake.objects().write(manifestUri, json(manifest));
    return Optional.of(new GeneratedDrop(dropId, contract.name(), date, files.size(), rows));
  }

  /** Writes rows in the contract's format, one file for each partition with rows. */
  static void files(Dataset<Row> rows, DatasetContract contract, String folder) {
    DataFrameWriter<Row> writer = rows.write().mode(SaveMode.Overwrite);
    switch (contract.format()) {
      case PARQUET -> {
        writer.parquet(folder);
        StableFooters.sort(rows.sparkSession(), folder);
      }
      case JSON -> writer.option("compression", "gzip").json(folder);
      case CSV -> {
        writer.option("compression", "gzip").option("header", "true");
        Csv csv = contract.csv();
        if (csv != null) {
          option(writer, "delimiter", csv.delimiter());
          option(writer, "quote", csv.quote());
          option(writer, "escape", csv.escape());
        }
        writer.csv(folder);
      }
    }
  }

  private static void option(DataFrameWriter<Row> writer, String name, String value) {
    if (value != null) {
      writer.option(name, value);
    }
  }

  private List<Described> describe(String folder, DatasetContract contract) {
    List<String> uris = lake.objects().list(folder).stream().map(StoredObject::uri).toList();
    return WrittenFiles.describe(session, uris, contract.format() == Format.CSV ? 1 : 0);
  }

  private Optional<GeneratedDrop> present(
      String uri, String dropId, DatasetContract contract, LocalDate date) {
    return lake.objects()
        .text(uri)
        .flatMap(DropWriter::parse)
        .filter(manifest -> dropId.equals(manifest.dropId()))
        .map(
            manifest ->
                new GeneratedDrop(
                    dropId,
                    contract.name(),
                    date,
                    manifest.files().size(),
                    manifest.files().stream().mapToLong(Manifest.File::rows).sum()));
  }

  /** A manifest; nothing where it is not one of ours, and the drop is to be replaced. */
  private static Optional<Manifest> parse(String text) {
    try {
      return Optional.of(JSON.readValue(text, Manifest.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String json(Manifest manifest) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }
}
