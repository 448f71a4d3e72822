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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
  private final Set<StoredObject> delivered;
  private final Lake lake;
  private final Sweep sweep;

  /**
   * @param delivered what clients had put into the lake when the run began. Times are not asked:
   *     the store's clock is not ours
   * @param erasures names of the erasure, the first of which it bears now
   */
  Proof(Workspace workspace, Set<StoredObject> delivered, List<String> erasures) {
    this.workspace = workspace;
    this.delivered = Set.copyOf(delivered);
    this.lake = workspace.lake();
    this.sweep = new Sweep(workspace, erasures);
  }

  /** What was seen of objects, by their URIs. */
  private static final class Seen {
    private final Map<String, StoredObject> objects = new HashMap<>();
    private final Map<String, Looked> clean = new TreeMap<>();
    private final Map<String, Looked> others = new TreeMap<>();
    private final Map<String, Looked> waiting = new TreeMap<>();

    void keep(List<StoredObject> there) {
      Set<String> names =
          there.stream().map(StoredObject::uri).collect(Collectors.toUnmodifiableSet());
      List.of(objects, clean, others, waiting).forEach(kind -> kind.keySet().retainAll(names));
    }

    /** Whether it was looked into, and is still the same. */
    boolean has(StoredObject object) {
      boolean found =
          clean.containsKey(object.uri())
              || others.containsKey(object.uri())
              || waiting.containsKey(object.uri());
      return found && object.equals(objects.get(object.uri()));
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
    unseen.forEach(object -> seen.objects.put(object.uri(), object));
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
    return !delivered.contains(object)
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
