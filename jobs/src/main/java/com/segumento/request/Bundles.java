package com.segumento.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.lake.CopiedFiles;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.PersonKeys;
import com.segumento.lake.Workspace;
import com.segumento.lake.WrittenFiles;
import com.segumento.lake.WrittenFiles.Described;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Vault;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Puts together what is held on persons, for the client to fetch: JSON lines by table, and a
 * manifest with a data dictionary and checksums, which is written last. However many requests there
 * are, each table is looked through once.
 *
 * @param steps is told before anything is written
 */
record Bundles(Workspace workspace, Steps steps) {
  static final String MANIFEST = "manifest.json";

  private static final String STAGING = "requests-";
  private static final String PERSONS = "persons-";

  /** A file in staging, as Spark names it. */
  private static final Pattern STAGED =
      Pattern.compile(
          ".*/(?<table>[^/]+)/"
              + Pattern.quote(HeldData.BUNDLE.name())
              + "=(?<request>[^/]+)/(?![_.])[^/]+");

  /**
   * Makes the bundles of requests.
   *
   * @param good the rows of theirs that can be carried out
   */
  void carryOut(List<Delivery> deliveries, Dataset<Row> good) {
    String staging =
        workspace.lake().layout().staging(workspace.clientId(), STAGING + workspace.run());
    ObjectStore objects = workspace.lake().objects();
    steps.beforeWrite();
    objects.delete(staging);
    List<PersonKeys> destinations = new ArrayList<>();
    Dataset<Row> persons =
        good.select(
                TokenFiles.REQUEST.col(),
                HeldData.TOKEN.as(functions.decode(Vault.TOKEN.col(), "UTF-8")),
                Persons.PERSON_KEY.col())
            .distinct()
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<HeldData.Held> held = new ArrayList<>(new HeldData(workspace, persons).all());
      new AudienceLists(workspace, persons).held(destinations).ifPresent(held::add);
      for (HeldData.Held table : held) {
        table
            .rows()
            .write()
            .mode("overwrite")
            .partitionBy(HeldData.BUNDLE.name())
            .option("ignoreNullFields", "false")
            .json(staging + "/" + table.name());
      }
      bundle(deliveries, held, staging);
    } finally {
      persons.unpersist();
      destinations.forEach(PersonKeys::close);
      objects.delete(staging);
    }
  }

  /** The last day a bundle is kept that was made on the workspace's date. */
  LocalDate expires() {
    return workspace.date().plusDays(workspace.platform().requests().bundleDays());
  }

  /** Copies what was staged into the bundles, all at once, and completes them with manifests. */
  private void bundle(List<Delivery> deliveries, List<HeldData.Held> held, String staging) {
    ObjectStore objects = workspace.lake().objects();
    for (Delivery delivery : deliveries) {
      steps.beforeWrite();
      objects.delete(folder(delivery.id()));
    }
    Map<String, Map<String, List<String>>> files = new HashMap<>();
    Map<String, String> targets = targets(staging, files);
    CopiedFiles.copy(workspace.spark(), targets);
    Map<String, Described> described = new HashMap<>();
    WrittenFiles.describe(workspace.spark(), List.copyOf(targets.values()), 0)
        .forEach(file -> described.put(file.uri(), file));
    for (Delivery delivery : deliveries) {
      Map<String, List<String>> own = files.getOrDefault(delivery.id(), Map.of());
      ObjectNode manifest = describe(delivery);
      for (HeldData.Held table : held) {
        ObjectNode of = manifest.withArray("tables").addObject().put("name", table.name());
        of.put("what", table.what());
        table.columns().forEach(column -> describe(of, column));
        of.putArray("files");
        own.getOrDefault(table.name(), List.of()).forEach(uri -> describe(of, described.get(uri)));
      }
      steps.beforeWrite();
      objects.write(folder(delivery.id()) + "/" + MANIFEST, manifest.toPrettyString() + "\n");
    }
  }

  /**
   * Where each staged file is copied to.
   *
   * @param files is given the targets by request and table
   */
  private Map<String, String> targets(
      String staging, Map<String, Map<String, List<String>>> files) {
    Map<String, String> targets = new LinkedHashMap<>();
    for (StoredObject file : workspace.lake().objects().list(staging)) {
      Matcher staged = STAGED.matcher(file.uri());
      if (staged.matches()) {
        List<String> of =
            files
                .computeIfAbsent(staged.group("request"), none -> new HashMap<>())
                .computeIfAbsent(staged.group("table"), none -> new ArrayList<>());
        String name = String.format(Locale.ROOT, "%s-%05d.jsonl", staged.group("table"), of.size());
        of.add(folder(staged.group("request")) + "/" + name);
        targets.put(file.uri(), of.get(of.size() - 1));
      }
    }
    return targets;
  }

  private ObjectNode describe(Delivery delivery) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("manifest", 1)
        .put("request", delivery.id())
        .put("kind", delivery.manifest().kind())
        .put("law", delivery.manifest().law())
        .put("client", workspace.client().client())
        .put("business_date", workspace.date().toString())
        .put("expires", expires().toString())
        .put("format", "JSON lines in UTF-8; times in UTC")
        .put(
            "not_in_here",
            "Drops as you delivered them, which are kept for some days and whose rows are in the"
                + " tables; and, where activation is agreed, the vault, which holds the token"
                + " itself.");
  }

  private static void describe(ObjectNode table, Field column) {
    ObjectNode of =
        table
            .withArray("columns")
            .addObject()
            .put("name", column.name())
            .put("type", column.type().catalogString());
    String meaning = HeldData.meanings().get(column.name());
    if (meaning != null) {
      of.put("what", meaning);
    }
  }

  private static void describe(ObjectNode table, Described file) {
    table
        .withArray("files")
        .addObject()
        .put("path", file.uri().substring(file.uri().lastIndexOf('/') + 1))
        .put("rows", file.rows())
        .put("sha256", file.sha256());
  }

  private String folder(String request) {
    return workspace.lake().layout().requestBundles(workspace.clientId()) + "/" + request;
  }

  /** Whether the bundle of a request is whole. */
  boolean whole(Delivery delivery) {
    return workspace.lake().objects().exists(folder(delivery.id()) + "/" + MANIFEST);
  }

  /** The requests there are bundles of. */
  List<String> requests() {
    return workspace
        .lake()
        .objects()
        .names(workspace.lake().layout().requestBundles(workspace.clientId()));
  }

  void delete(String request) {
    steps.beforeWrite();
    workspace.lake().objects().deleteForGood(folder(request));
  }

  /**
   * The requests whose bundles hold any of these persons.
   *
   * @param persons {@link Vault#TOKEN}
   */
  List<String> holding(Dataset<Row> persons) {
    List<String> lists =
        workspace
            .lake()
            .objects()
            .list(workspace.lake().layout().requestBundles(workspace.clientId()))
            .stream()
            .map(StoredObject::uri)
            .filter(uri -> uri.substring(uri.lastIndexOf('/') + 1).startsWith(PERSONS))
            .toList();
    if (lists.isEmpty()) {
      return List.of();
    }
    Field file = Field.required("#file", DataTypes.StringType);
    Dataset<Row> tokens =
        persons.select(HeldData.TOKEN.as(functions.decode(Vault.TOKEN.col(), "UTF-8"))).distinct();
    return workspace
        .spark()
        .read()
        .schema(Field.schema(HeldData.TOKEN))
        .json(lists.toArray(String[]::new))
        .select(HeldData.TOKEN.col(), file.as(functions.col("_metadata.file_path")))
        .join(tokens, new String[] {HeldData.TOKEN.name()}, "left_semi")
        .select(file.col())
        .distinct()
        .collectAsList() // no more than there are bundles
        .stream()
        .map(row -> row.getString(0).split("/"))
        .map(path -> path[path.length - 2])
        .distinct()
        .sorted()
        .toList();
  }
}
