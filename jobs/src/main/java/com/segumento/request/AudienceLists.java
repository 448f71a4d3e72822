package com.segumento.request;

import static com.segumento.model.Field.required;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.config.Export;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.PersonKeys;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * The published audiences that persons are in, found by their tokens as the destination has them:
 * of releases that are still there and were made under the destination's present key.
 *
 * @param persons as {@link HeldData} has them
 */
record AudienceLists(Workspace workspace, Dataset<Row> persons) {
  private static final String MANIFEST = "/manifest.json";
  private static final Field EXPORT = required("export", DataTypes.StringType);
  private static final Field RUN = required("run", DataTypes.StringType);
  private static final Field DATE = required("business_date", DataTypes.StringType);
  private static final Field LISTED = required("#listed", DataTypes.StringType);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The lists; nothing where there are none.
   *
   * @param open the destinations' keys that were needed; to be closed when the rows were read
   */
  Optional<HeldData.Held> held(List<PersonKeys> open) {
    List<Dataset<Row>> parts = new ArrayList<>();
    for (Export export : workspace.client().exports()) {
      if (export.kind() == Export.Kind.AUDIENCE) {
        of(export, open).ifPresent(parts::add);
      }
    }
    return parts.stream()
        .reduce(Dataset::union)
        .map(rows -> new HeldData.Held("audiences", "published lists the person is in", rows));
  }

  private Optional<Dataset<Row>> of(Export export, List<PersonKeys> open) {
    List<Dataset<Row>> lists = new ArrayList<>();
    String folder = workspace.lake().layout().exports(workspace.clientId(), export.name());
    for (StoredObject object : workspace.lake().objects().list(folder)) {
      if (object.uri().endsWith(MANIFEST)) {
        list(export, object.uri()).ifPresent(lists::add);
      }
    }
    return lists.stream()
        .reduce(Dataset::union)
        .map(
            all -> {
              PersonKeys keys = PersonKeys.open(workspace, export.destination().key());
              open.add(keys);
              return listed(all, keys.function());
            });
  }

  private Dataset<Row> listed(Dataset<Row> lists, UserDefinedFunction destination) {
    Dataset<Row> known =
        persons
            .select(
                HeldData.BUNDLE.as(TokenFiles.REQUEST.col()),
                HeldData.TOKEN.col(),
                LISTED.as(lower(hex(destination.apply(HeldData.TOKEN.col())))))
            .distinct();
    // n:m, a person is in several lists and may be in several requests
    return lists
        .join(known, LISTED.name())
        .select(
            HeldData.BUNDLE.col(),
            HeldData.TOKEN.col(),
            EXPORT.col(),
            RUN.col(),
            DATE.col(),
            Memberships.SEGMENT_ID.col());
  }

  private Optional<Dataset<Row>> list(Export export, String manifestUri) {
    JsonNode manifest = parse(workspace.lake().objects().text(manifestUri).orElse(""));
    String folder = manifestUri.substring(0, manifestUri.length() - MANIFEST.length());
    List<String> files = new ArrayList<>();
    for (JsonNode file : manifest.path("files")) {
      if (file.path("path").asText().startsWith(Audiences.Content.LIST.stem() + "-")) {
        files.add(folder + "/" + file.path("path").asText());
      }
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        workspace
            .spark()
            .read()
            .schema(Audiences.SCHEMA)
            .option("header", "true")
            .format(manifest.path("format").asText())
            .load(files.toArray(String[]::new))
            .select(
                LISTED.as(Audiences.TOKEN.col()),
                Audiences.SEGMENT_ID.col(),
                EXPORT.as(lit(export.name())),
                RUN.as(lit(manifest.path("run").asText())),
                DATE.as(lit(manifest.path("business_date").asText()))));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // half written: no release
    }
  }
}
