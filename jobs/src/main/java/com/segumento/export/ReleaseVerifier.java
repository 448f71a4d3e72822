package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.lake.FileProbe;
import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Checks that a published release is whole and ours: signature, then the names, lengths and
 * checksums of its files. What the figures in it mean, the gate judged before.
 */
public final class ReleaseVerifier {
  /** What is compared of the files. */
  enum Part {
    LENGTHS,
    CHECKSUMS,
    MISSING,
    UNLISTED
  }

  private final SparkSession spark;
  private final Lake lake;

  public ReleaseVerifier(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * What is wrong with the release in {@code folder}, in full sentences; nothing where it is good.
   *
   * @param publicKey the key it must be signed with, as {@link ManifestSigner#publicKey()} gives it
   */
  public List<String> problems(String folder, String publicKey) {
    Optional<String> text = lake.objects().text(folder + "/" + Manifest.NAME);
    if (text.isEmpty()) {
      return List.of("There is no " + Manifest.NAME + ".");
    }
    JsonNode manifest = Manifest.parse(text.get());
    if (manifest.isMissingNode()) {
      return List.of(Manifest.NAME + " is no JSON object.");
    }
    if (!Manifest.verifies(manifest, publicKey)) {
      return List.of(
          Manifest.NAME + " was changed after it was signed, or not signed with the given key.");
    }
    return files(folder, manifest.path("files")).values().stream().flatMap(List::stream).toList();
  }

  /**
   * What is wrong with the files of a release, by what was compared. A file that is there is looked
   * at whole; of one that is missing neither length nor checksum is known.
   *
   * @param listed what the manifest says of them
   */
  Map<Part, List<String>> files(String folder, JsonNode listed) {
    Map<Part, List<String>> problems = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      problems.put(part, new ArrayList<>());
    }
    Map<String, StoredObject> found = new HashMap<>(lake.objects().below(folder));
    found.remove(Manifest.NAME);
    for (JsonNode file : listed) {
      String name = file.path("path").asText();
      StoredObject object = found.remove(name);
      if (object == null) {
        problems.get(Part.MISSING).add("The file " + name + " is missing.");
        continue;
      }
      if (object.bytes() != file.path("bytes").asLong(-1)) {
        problems.get(Part.LENGTHS).add("The file " + name + " has another length.");
      }
      if (!sha256(object.uri()).equals(file.path("sha256").asText())) {
        problems.get(Part.CHECKSUMS).add("The file " + name + " has another checksum.");
      }
    }
    if (!found.isEmpty()) {
      problems
          .get(Part.UNLISTED)
          .add(found.size() + " file(s) lie in the release that its manifest does not list.");
    }
    return problems;
  }

  private String sha256(String uri) {
    return FileProbe.probe(spark, List.of(uri), FileProbe.Kind.TEXT).get(0).sha256();
  }
}
