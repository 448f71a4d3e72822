package com.segumento.retention;

import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.PersonPurge;
import com.segumento.lake.ProofScan.Looked;
import com.segumento.lake.TableUpkeep;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.DataClass;
import com.segumento.model.LakeLayout;
import com.segumento.model.LakeRegistry;
import com.segumento.model.LeftoversException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what still holds an erased person, as a whole: a drop, of which a row can't be taken
 * without breaking its manifest; all releases of an audience or a bundle, of which one begins anew;
 * files of old versions; what a killed run left in staging. Of a table, the newest version's files
 * are never deleted, and the log is cut, not deleted. Nothing of another client is touched.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final String LOG_FOLDER = "/_delta_log/";

  /** What holds tokens as a client gave them. */
  private static final Set<DataClass> OF_CLIENTS =
      EnumSet.of(DataClass.LANDING, DataClass.REQUEST, DataClass.VAULT, DataClass.ARCHIVE);

  private final Lake lake;
  private final ClientId client;
  private final List<String> erasures;
  private final TableUpkeep upkeep;
  private final PersonPurge purge;
  private final Map<String, Set<String>> live = new LinkedHashMap<>();

  /**
   * @param erasures names of the erasure, the first of which it bears now
   */
  Sweep(Workspace workspace, List<String> erasures) {
    this.erasures = erasures;
    this.lake = workspace.lake();
    this.client = workspace.clientId();
    this.upkeep = new TableUpkeep(workspace.spark(), lake);
    this.purge = new PersonPurge(workspace.spark(), lake);
  }

  /**
   * Deletes what {@code suspect} are part of.
   *
   * @return how many objects are gone
   * @throws LeftoversException that names all objects that may not be deleted, before anything is
   */
  long remove(List<Looked> suspect) {
    live.clear();
    Set<String> prefixes = new LinkedHashSet<>();
    Set<String> logs = new LinkedHashSet<>();
    List<String> stuck = new ArrayList<>();
    for (Looked each : suspect) {
      if (each.uri().contains(LOG_FOLDER) && own(each) && each.problem().isEmpty()) {
        logs.add(each.uri().substring(0, each.uri().indexOf(LOG_FOLDER)));
      } else {
        whole(each)
            .ifPresentOrElse(
                prefixes::add,
                () ->
                    stuck.add(
                        told(lake.layout().relative(each.uri()))
                            + (each.problem().isEmpty() ? "" : " (" + each.problem() + ")")));
      }
    }
    if (!stuck.isEmpty()) {
      throw new LeftoversException(
          "What was to be erased is still in the lake, or objects cannot be looked into, and they"
              + " are not of a kind that may be deleted.",
          stuck);
    }
    logs.forEach(table -> purge.cutLog(table, erasures));
    Set<String> holding =
        suspect.stream()
            .map(each -> lake.layout().relative(each.uri()))
            .collect(Collectors.toUnmodifiableSet());
    long gone = logs.size();
    for (String prefix : prefixes) {
      gone += delete(prefix, holding);
    }
    return gone;
  }

  /**
   * Whether another client delivered it. A token that two clients know the same person by is of
   * each of them: what one has erased, the other may keep.
   */
  boolean isOfOthers(Looked each) {
    String path = lake.layout().relative(each.uri());
    return LakeRegistry.find(path)
        .filter(at -> OF_CLIENTS.contains(at.of()))
        .flatMap(at -> at.owner(path))
        .filter(owner -> !owner.equals(client))
        .isPresent();
  }

  /**
   * Whether it is of a request in the queue that is still to be carried out, or refused: an order
   * of the client's own, which holds tokens until then.
   */
  boolean isWaiting(Looked each) {
    return LakeRegistry.find(lake.layout().relative(each.uri()))
            .filter(at -> at.of() == DataClass.REQUEST)
            .isPresent()
        && own(each)
        && isOfAFolderWithManifest(each.uri());
  }

  /**
   * Deletes last what holds somebody, and before it the manifest that makes a folder one: a run
   * that is killed meanwhile leaves what the next one finds and goes on from.
   */
  private long delete(String prefix, Set<String> holding) {
    List<StoredObject> objects = lake.objects().everything(prefix);
    objects.stream()
        .map(StoredObject::uri)
        .filter(uri -> !holding.contains(lake.layout().relative(uri)))
        .sorted(Comparator.comparing(uri -> uri.endsWith("/" + LakeLayout.MANIFEST)))
        .forEach(lake.objects()::deleteForGood);
    lake.objects().deleteForGood(prefix);
    deleteEmptyFolders(parent(prefix));
    LOG.info(
        "Deleted what held an erased person: {} objects={}",
        told(lake.layout().relative(prefix)),
        objects.size());
    return Math.max(1, objects.size());
  }

  // A store keeps a folder that is empty, whose name a client chose, and lists it as no object.
  private void deleteEmptyFolders(String from) {
    String end = lake.layout().relative(lake.layout().landing(client)) + "/";
    for (String folder = from;
        lake.layout().relative(folder).startsWith(end)
            && lake.objects().everything(folder).isEmpty();
        folder = parent(folder)) {
      lake.objects().deleteForGood(folder);
    }
  }

  // A client chooses the names of its files: one may be a token.
  private static String told(String path) {
    return path.replaceAll("[0-9A-Fa-f]{32,}", "…");
  }

  private boolean own(Looked each) {
    String path = lake.layout().relative(each.uri());
    return LakeRegistry.find(path)
        .flatMap(entry -> entry.owner(path))
        .filter(client::equals)
        .isPresent();
  }

  /** What has to go so that an object can; nothing where it may not. */
  private Optional<String> whole(Looked each) {
    if (!own(each)) {
      return Optional.empty();
    }
    String uri = each.uri();
    String path = lake.layout().relative(uri);
    return switch (LakeRegistry.find(path).orElseThrow().of()) {
      case LANDING -> Optional.of(drop(uri));
      case STAGING -> Optional.of(uri);
      // clients/<client>/requests/<id>/…
      case BUNDLE -> Optional.of(lake.layout().root() + "/" + firstParts(path, 4));
      // exports/<client>/<export>/…, or exports/<client>/_<kind>/<id>/… where it is no release
      case EXPORT ->
          Optional.of(lake.layout().root() + "/" + firstParts(path, path.contains("/_") ? 4 : 3));
      case CLIENT_DATA, DERIVED, QUARANTINE, VAULT, EXCLUSION, RELEASE_MEMORY, QUESTION ->
          isOld(uri) ? Optional.of(uri) : Optional.empty();
      // Tokens without a manifest are no request.
      case REQUEST -> Optional.of(uri);
      case ARCHIVE, REFERENCE, USAGE_LOG, LEDGER, LEASE, BENCHMARK -> Optional.empty();
    };
  }

  // A file that belongs to no drop goes alone.
  private String drop(String uri) {
    return folderWithManifest(uri).orElse(uri);
  }

  private boolean isOfAFolderWithManifest(String uri) {
    return folderWithManifest(uri).isPresent();
  }

  private Optional<String> folderWithManifest(String uri) {
    String end = lake.layout().landing(client);
    for (String folder = parent(uri); folder.length() > end.length(); folder = parent(folder)) {
      if (lake.objects().exists(folder + "/" + LakeLayout.MANIFEST)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** Whether it is a file of a table that the table's newest version does not need. */
  private boolean isOld(String uri) {
    return lake.tablesBelow(lake.layout().client(client)).stream()
        .filter(
            table -> lake.layout().relative(uri).startsWith(lake.layout().relative(table) + "/"))
        .findFirst()
        .filter(table -> !uri.contains(LOG_FOLDER))
        .filter(table -> !live.computeIfAbsent(table, upkeep::live).contains(uri))
        .isPresent();
  }

  private static String parent(String uri) {
    return uri.substring(0, uri.lastIndexOf('/'));
  }

  private static String firstParts(String path, int parts) {
    int end = -1;
    for (int part = 0; part < parts; part++) {
      int next = path.indexOf('/', end + 1);
      if (next < 0) {
        return path;
      }
      end = next;
    }
    return path.substring(0, end);
  }
}
