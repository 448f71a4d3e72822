package com.segumento.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Client;
import com.segumento.export.Manifest;
import com.segumento.export.ManifestSigner;
import com.segumento.lake.ClientLedger;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.StableFiles;
import com.segumento.lake.WrittenFiles;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.model.LakeLayout;
import com.segumento.ops.Ticker;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gives a client all its data, as Parquet files with a signed manifest: every table and quarantine,
 * and the vault where there is one, which alone has tokens. It is the client's own data, not a
 * release: nothing of it went through the gate. What it holds of releases lies beside it, as it was
 * published; what we remember of them, and of questions, is not the client's.
 */
public final class FullExport {
  private static final String MANIFEST = "manifest.json";

  private final Desk desk;

  public FullExport(Desk desk) {
    this.desk = desk;
  }

  /** What was written. */
  public record Written(String folder, int tables, int files, long rows) {}

  /** Where an export goes when nobody says where. */
  public static String defaultFolder(ClientId client) {
    return "exports/%s/_full/%s"
        .formatted(
            client, Ticker.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", ""));
  }

  /**
   * Writes all data of a client.
   *
   * @param to folder below the lake, in the client's own {@code exports/<client>/_full/}
   * @throws ConfigException where it is another folder, or has a manifest already
   */
  public Written export(Client client, String to) {
    ClientId id = new ClientId(client.client());
    String folder = desk.lake().layout().root() + "/" + checked(id, to);
    ObjectStore objects = desk.lake().objects();
    ClientLedger.of(desk.lake()).requireActive(id);
    ManifestSigner signer = new ManifestSigner(desk.secrets().secret(ManifestSigner.ALIAS));
    if (objects.exists(folder + "/" + MANIFEST)) {
      throw new ConfigException(
          "There is an export already at " + folder + ". Choose another --to.");
    }
    objects.delete(folder); // what a killed export left
    ObjectNode manifest =
        JsonNodeFactory.instance
            .objectNode()
            .put("client", id.value())
            .put("created_at", Ticker.now().toString())
            .put("format", "parquet")
            .put("compression", "zstd");
    manifest.putArray("tables");
    Written written = new Written(folder, 0, 0, 0);
    for (Map.Entry<String, String> table : tables(id).entrySet()) {
      desk.progress().begin(id + ": exporting " + table.getKey());
      written = table(client, table.getKey(), table.getValue(), manifest, written);
      desk.progress().end("written");
    }
    objects.write(folder + "/" + MANIFEST, Manifest.signed(manifest, signer));
    audit(id, to, written);
    return written;
  }

  private Written table(
      Client client, String name, String path, ObjectNode manifest, Written before) {
    Lake lake = Lake.open(StableFiles.session(desk.spark()), desk.lake().layout().root());
    long version = lake.tables().version(path);
    Dataset<Row> rows = lake.tables().read(path, version);
    String folder = before.folder() + "/" + name;
    rows.write().parquet(folder);
    List<ObjectStore.StoredObject> stored = lake.objects().list(folder);
    List<WrittenFiles.Described> described =
        WrittenFiles.describe(
            desk.spark(), stored.stream().map(ObjectStore.StoredObject::uri).toList(), 0);
    ObjectNode table =
        manifest.withArray("tables").addObject().put("name", name).put("version", version);
    new TableDictionary(client).describe(name, rows.schema(), table.putArray("columns"));
    table.putArray("files");
    long sum = 0;
    for (int i = 0; i < described.size(); i++) {
      String uri = stored.get(i).uri();
      sum += described.get(i).rows();
      table
          .withArray("files")
          .addObject()
          .put("path", name + "/" + uri.substring(uri.lastIndexOf('/') + 1))
          .put("bytes", stored.get(i).bytes())
          .put("rows", described.get(i).rows())
          .put("sha256", described.get(i).sha256());
    }
    table.put("rows", sum);
    return new Written(
        before.folder(),
        before.tables() + 1,
        before.files() + described.size(),
        before.rows() + sum);
  }

  /** The client's tables, by the names they get. */
  private Map<String, String> tables(ClientId client) {
    LakeLayout layout = desk.lake().layout();
    Map<String, String> tables = new LinkedHashMap<>();
    for (String area : List.of("tables", "quarantine")) {
      String folder = layout.client(client) + "/" + area;
      desk.lake()
          .objects()
          .names(folder)
          .forEach(name -> tables.put(area + "/" + name, folder + "/" + name));
    }
    tables.put("vault", layout.vault(client));
    tables.values().removeIf(path -> !desk.lake().tables().exists(path));
    return tables;
  }

  private static String checked(ClientId client, String to) {
    String own = "exports/" + client + "/_full/";
    if (!Pattern.matches(
        Pattern.quote(own) + "[A-Za-z0-9_=-]{1,64}(/[A-Za-z0-9_=-]{1,64}){0,3}", to)) {
      throw ConfigException.invalid("--to", to, "a folder in " + own + " of the lake");
    }
    return to;
  }

  private void audit(ClientId client, String to, Written written) {
    desk.audit(
        "client.exported",
        client.value(),
        Map.of(
            "to", to,
            "tables", Integer.toString(written.tables()),
            "files", Integer.toString(written.files()),
            "rows", Long.toString(written.rows())));
  }
}
