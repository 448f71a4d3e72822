package com.segumento.retention;

import com.segumento.config.Client.Retention;
import com.segumento.lake.Lake;
import com.segumento.lake.MemoryFold;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.TableUpkeep;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.DataClass;
import com.segumento.model.Events;
import com.segumento.model.Field;
import com.segumento.model.LakeLayout;
import com.segumento.model.LakeRegistry;
import com.segumento.model.Memberships;
import com.segumento.model.Quarantine;
import com.segumento.model.Questions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds what of a client has expired on a business date. Something stays for so many days after the
 * day it is dated, that last day included, and expires on the next. Looks at names and partitions,
 * and at rows only where a table is not cut by the date it expires by.
 */
final class ExpiryPlan {
  private static final Pattern DATED = Pattern.compile("(.*?/dt=([0-9]{4}-[0-9]{2}-[0-9]{2}))/.*");
  private static final Pattern COPY = Pattern.compile("(exports/[^/]+/_[^/]+/[^/]+)/.*");

  private static final String MEMORY_RULE = "privacy.release_memory_days";

  /** A memory is written anew as a whole, and some set of it expires every night. */
  static final int DAYS_BETWEEN_FOLDS = 7;

  private final Workspace workspace;
  private final Lake lake;
  private final ClientId client;
  private final Retention retention;

  ExpiryPlan(Workspace workspace) {
    this.workspace = workspace;
    this.lake = workspace.lake();
    this.client = workspace.clientId();
    this.retention = workspace.client().retention();
  }

  /** What has expired, in a fixed order. */
  List<Expired> expired() {
    List<Expired> all = new ArrayList<>();
    List<StoredObject> landed = lake.objects().list(lake.layout().landing(client));
    LocalDate landing = cutoff(retention.landingDays());
    all.addAll(dated("retention.landing_days", landed, landing, Set.of()));
    all.addAll(undated("retention.landing_days", landed, landing));
    // Also of exports that are no longer configured.
    for (String export : lake.objects().names(lake.layout().exports(client))) {
      List<StoredObject> exported = lake.objects().list(lake.layout().exports(client, export));
      LocalDate exports = cutoff(retention.exportsDays());
      Set<String> inForce = new ListsInForce(workspace).folders(export, exports);
      all.addAll(dated("retention.exports_days", exported, exports, inForce));
      all.addAll(undated("retention.exports_days", exported, exports));
    }
    for (String table : lake.tablesBelow(lake.layout().client(client))) {
      rows(table).ifPresent(all::add);
    }
    new Instructed(workspace).add(all);
    return List.copyOf(all);
  }

  private LocalDate cutoff(int days) {
    return workspace.date().minusDays(days);
  }

  /** What is older is not compared any more with what is published or told. */
  private LocalDate forgotten() {
    return workspace.reached().minusDays(workspace.platform().privacy().releaseMemoryDays());
  }

  /** Folders of drops and releases, which go as a whole. */
  private List<Expired> dated(
      String rule, List<StoredObject> objects, LocalDate cutoff, Set<String> kept) {
    TreeMap<String, Long> folders = new TreeMap<>();
    for (StoredObject object : objects) {
      String path = lake.layout().relative(object.uri());
      if (date(path).filter(date -> date.isBefore(cutoff)).isPresent()
          && !isRequest(path)
          && kept.stream().noneMatch(folder -> path.startsWith(folder + "/"))) {
        folders.merge(kept.isEmpty() ? folder(path) : parent(path), 1L, Long::sum);
      }
    }
    return folders.entrySet().stream()
        .map(folder -> Expired.prefix(rule, folder.getKey(), cutoff, folder.getValue()))
        .toList();
  }

  /**
   * Objects that no folder dates: what nobody asked for, requests that never got their manifest,
   * and copies of everything that the client had made, which go as a whole. Each is of the day it
   * was put there.
   */
  private List<Expired> undated(String rule, List<StoredObject> objects, LocalDate cutoff) {
    Set<String> requests =
        objects.stream()
            .map(object -> lake.layout().relative(object.uri()))
            .filter(path -> isRequest(path) && path.endsWith("/" + LakeLayout.MANIFEST))
            .map(ExpiryPlan::parent)
            .collect(Collectors.toSet());
    TreeMap<String, Long> units = new TreeMap<>();
    Set<String> younger = new HashSet<>();
    for (StoredObject object : objects) {
      String path = lake.layout().relative(object.uri());
      if (isRequest(path) ? !requests.contains(parent(path)) : date(path).isEmpty()) {
        units.merge(unit(path), 1L, Long::sum);
        if (!put(object).isBefore(cutoff)) {
          younger.add(unit(path));
        }
      }
    }
    units.keySet().removeAll(younger);
    return units.entrySet().stream()
        .map(unit -> Expired.prefix(rule, unit.getKey(), cutoff, unit.getValue()))
        .toList();
  }

  /** Of {@code exports/C/_full/ID/…} the folder; of anything else, itself. */
  private static String unit(String path) {
    Matcher copy = COPY.matcher(path);
    return copy.matches() ? copy.group(1) : path;
  }

  private static LocalDate put(StoredObject object) {
    return Instant.ofEpochMilli(object.modified()).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static boolean isRequest(String path) {
    return LakeRegistry.find(path).filter(at -> at.of() == DataClass.REQUEST).isPresent();
  }

  private static Optional<LocalDate> date(String path) {
    Matcher dated = DATED.matcher(path);
    try {
      return dated.matches() ? Optional.of(LocalDate.parse(dated.group(2))) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty(); // no date: nobody's drop
    }
  }

  private static String folder(String path) {
    Matcher dated = DATED.matcher(path);
    return dated.matches() ? dated.group(1) : parent(path);
  }

  private Optional<Expired> rows(String table) {
    String path = lake.layout().relative(table);
    DataClass of = LakeRegistry.find(path).map(LakeRegistry.Entry::of).orElse(DataClass.LEDGER);
    return switch (of) {
      case CLIENT_DATA ->
          rows("retention.events_days", table, Events.EVENT_DATE, cutoff(retention.eventsDays()));
      case DERIVED ->
          rows(
              "retention.events_days",
              table,
              Memberships.BUSINESS_DATE,
              cutoff(retention.eventsDays()));
      case QUARANTINE ->
          rows(
              "retention.quarantine_days",
              table,
              Quarantine.DROP_DATE,
              cutoff(retention.quarantineDays()));
      case QUESTION -> rows(MEMORY_RULE, table, Questions.BUSINESS_DATE, forgotten());
      case RELEASE_MEMORY -> sets(table);
      case LANDING,
          REQUEST,
          VAULT,
          BUNDLE,
          EXCLUSION,
          STAGING,
          EXPORT,
          ARCHIVE,
          REFERENCE,
          USAGE_LOG,
          LEDGER,
          LEASE,
          BENCHMARK ->
          Optional.empty();
    };
  }

  private Optional<Expired> rows(String rule, String table, Field dated, LocalDate cutoff) {
    boolean isDated =
        Arrays.asList(lake.tables().schema(table).fieldNames()).contains(dated.name());
    if (!isDated || !new TableUpkeep(workspace.spark(), lake).holdsBefore(table, dated, cutoff)) {
      return Optional.empty();
    }
    return Optional.of(Expired.rows(rule, lake.layout().relative(table), cutoff, dated));
  }

  private Optional<Expired> sets(String table) {
    LocalDate cutoff = forgotten();
    return table.equals(lake.layout().releaseMemory(client))
            && new MemoryFold(lake, table).holds(cutoff.minusDays(DAYS_BETWEEN_FOLDS))
        ? Optional.of(Expired.sets(MEMORY_RULE, lake.layout().relative(table), cutoff))
        : Optional.empty();
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
