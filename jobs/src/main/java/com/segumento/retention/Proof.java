package com.segumento.retention;

import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.ProofScan;
import com.segumento.lake.ProofScan.Looked;
import com.segumento.lake.Workspace;
import com.segumento.model.DataClass;
import com.segumento.model.LakeRegistry;
import com.segumento.model.LeftoversException;
import com.segumento.model.Sha256;
import com.segumento.ops.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Looks into every object of every prefix of the lake, whoever's it is, until all that is there was
 * looked into whole and held nothing. What holds something, and may be deleted, is deleted.
 */
final class Proof {
  private static final int MOST_ROUNDS = 6;

  private final Workspace workspace;
  private final Instant begun;
  private final Lake lake;
  private final Sweep sweep;

  /**
   * @param erasures names of the erasure, the first of which it bears now
   */
  Proof(Workspace workspace, Instant begun, List<String> erasures) {
    this.workspace = workspace;
    this.begun = begun;
    this.lake = workspace.lake();
    this.sweep = new Sweep(workspace, erasures);
  }

  /** What was seen of objects, by their URIs. */
  private static final class Seen {
    private final Map<String, Looked> clean = new TreeMap<>();
    private final Map<String, Looked> others = new TreeMap<>();
    private final Map<String, Looked> waiting = new TreeMap<>();

    private List<Map<String, Looked>> all() {
      return List.of(clean, others, waiting);
    }

    void keep(List<StoredObject> there) {
      List<String> names = there.stream().map(StoredObject::uri).toList();
      all().forEach(kind -> kind.keySet().retainAll(names));
    }

    boolean has(StoredObject object) {
      return all().stream()
          .map(kind -> kind.get(object.uri()))
          .anyMatch(before -> before != null && before.bytes() == object.bytes());
    }
  }

  /**
   * Proves that none of {@code needles} is anywhere.
   *
   * @param except prefixes that are not looked into
   * @throws LeftoversException where that is not so, and can't be brought about
   */
  Proven prove(Dataset<Row> needles, List<String> except) {
    Instant began = Ticker.now();
    Dataset<Row> kept = needles.persist(StorageLevel.DISK_ONLY());
    try {
      return prove(kept, except, began);
    } finally {
      kept.unpersist(true);
    }
  }

  private Proven prove(Dataset<Row> needles, List<String> except, Instant began) {
    Seen seen = new Seen();
    long removed = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<StoredObject> there = there(except);
      seen.keep(there);
      List<StoredObject> unseen = there.stream().filter(each -> !seen.has(each)).toList();
      if (unseen.isEmpty()) {
        return proven(seen, removed, needles.count(), began);
      }
      removed += sweep.remove(suspect(unseen, needles, seen));
    }
    throw new LeftoversException(
        "The lake did not hold still: new objects came faster than they could be looked into."
            + " Stop the runs that write, and start again.",
        List.of(lake.layout().root()));
  }

  /** Looks into objects, and gives those that may not be as they are. */
  private List<Looked> suspect(List<StoredObject> unseen, Dataset<Row> needles, Seen seen) {
    List<Looked> suspect = new ArrayList<>();
    for (Looked each : new ProofScan(workspace.spark()).look(unseen, needles)) {
      if (each.clean()) {
        seen.clean.put(each.uri(), each);
      } else if (sweep.isOfOthers(each)) {
        seen.others.put(each.uri(), each);
      } else if (sweep.isWaiting(each)) {
        seen.waiting.put(each.uri(), each);
      } else {
        suspect.add(each);
      }
    }
    return suspect;
  }

  private List<StoredObject> there(List<String> except) {
    return lake.objects().everything(lake.layout().root()).stream()
        .filter(object -> except.stream().noneMatch(prefix -> isBelow(object, prefix)))
        .filter(object -> !arrived(object))
        .toList();
  }

  private boolean isBelow(StoredObject object, String prefix) {
    String path = lake.layout().relative(object.uri());
    String at = lake.layout().relative(prefix);
    return path.equals(at) || path.startsWith(at + "/");
  }

  /** What a client delivers while the proof is going on, it delivers anew. */
  private boolean arrived(StoredObject object) {
    return object.modified() >= begun.toEpochMilli()
        && LakeRegistry.find(lake.layout().relative(object.uri()))
            .filter(at -> at.of() == DataClass.LANDING || at.of() == DataClass.REQUEST)
            .isPresent();
  }

  private Proven proven(Seen seen, long removed, long needles, Instant began) {
    MessageDigest digest = Sha256.digest();
    long bytes = 0;
    for (Looked each : seen.clean.values()) {
      String line =
          each.sha256() + " " + each.bytes() + " " + lake.layout().relative(each.uri()) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      bytes += each.bytes();
    }
    long arrived =
        lake.objects().everything(lake.layout().root()).stream().filter(this::arrived).count();
    return new Proven(
        seen.clean.size(),
        bytes,
        HexFormat.of().formatHex(digest.digest()),
        removed,
        arrived,
        seen.others.size(),
        seen.waiting.size(),
        needles,
        began,
        Ticker.now());
  }
}
