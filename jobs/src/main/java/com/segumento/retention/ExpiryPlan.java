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
import com.segumento.model.LakeRegistry;
import com.segumento.model.Memberships;
import com.segumento.model.Quarantine;
import com.segumento.model.Questions;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what of a client has expired on a business date. Something stays for so many days after the
 * day it is dated, that last day included, and expires on the next. Looks at names and partitions,
 * and at rows only where a table is not cut by the date it expires by.
 */
final class ExpiryPlan {
  private static final Pattern DATED = Pattern.compile("(.*?/dt=([0-9]{4}-[0-9]{2}-[0-9]{2}))/.*");

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
    all.addAll(
        folders(
            "retention.landing_days",
            lake.layout().landing(client),
            cutoff(retention.landingDays()),
            Set.of()));
    // Also of exports that are no longer configured.
    for (String export : lake.objects().names(lake.layout().exports(client))) {
      all.addAll(
          folders(
              "retention.exports_days",
              lake.layout().exports(client, export),
              cutoff(retention.exportsDays()),
              new ListsInForce(workspace).folders(export)));
    }
    for (String table : lake.tablesBelow(lake.layout().client(client))) {
      rows(table).ifPresent(all::add);
    }
    return List.copyOf(all);
  }

  private LocalDate cutoff(int days) {
    return workspace.date().minusDays(days);
  }

  private List<Expired> folders(String rule, String prefix, LocalDate cutoff, Set<String> kept) {
    TreeMap<String, Long> folders = new TreeMap<>();
    for (StoredObject object : lake.objects().list(prefix)) {
      String path = lake.layout().relative(object.uri());
      Matcher dated = DATED.matcher(path);
      if (dated.matches()
          && isBefore(dated.group(2), cutoff)
          && LakeRegistry.find(path).filter(at -> at.of() != DataClass.REQUEST).isPresent()
          && kept.stream().noneMatch(folder -> path.startsWith(folder + "/"))) {
        folders.merge(kept.isEmpty() ? dated.group(1) : parent(path), 1L, Long::sum);
      }
    }
    return folders.entrySet().stream()
        .map(folder -> Expired.prefix(rule, folder.getKey(), cutoff, folder.getValue()))
        .toList();
  }

  private static boolean isBefore(String date, LocalDate cutoff) {
    try {
      return LocalDate.parse(date).isBefore(cutoff);
    } catch (DateTimeException e) {
      return false; // no date: nobody's drop
    }
  }

  private Optional<Expired> rows(String table) {
    String path = lake.layout().relative(table);
    DataClass of = LakeRegistry.find(path).map(LakeRegistry.Entry::of).orElse(DataClass.LEDGER);
    return switch (of) {
      case CLIENT_DATA ->
          rows("retention.events_days", table, Events.EVENT_DATE, retention.eventsDays());
      case DERIVED ->
          rows("retention.events_days", table, Memberships.BUSINESS_DATE, retention.eventsDays());
      case QUARANTINE ->
          rows(
              "retention.quarantine_days", table, Quarantine.DROP_DATE, retention.quarantineDays());
      case QUESTION ->
          rows(
              MEMORY_RULE,
              table,
              Questions.BUSINESS_DATE,
              workspace.platform().privacy().releaseMemoryDays());
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

  private Optional<Expired> rows(String rule, String table, Field dated, int days) {
    LocalDate cutoff = cutoff(days);
    boolean isDated =
        Arrays.asList(lake.tables().schema(table).fieldNames()).contains(dated.name());
    if (!isDated || !new TableUpkeep(workspace.spark(), lake).holdsBefore(table, dated, cutoff)) {
      return Optional.empty();
    }
    return Optional.of(Expired.rows(rule, lake.layout().relative(table), cutoff, dated));
  }

  private Optional<Expired> sets(String table) {
    LocalDate cutoff = cutoff(workspace.platform().privacy().releaseMemoryDays());
    return table.equals(lake.layout().releaseMemory(client))
            && new MemoryFold(lake, table).holds(cutoff.minusDays(DAYS_BETWEEN_FOLDS))
        ? Optional.of(Expired.sets(MEMORY_RULE, lake.layout().relative(table), cutoff))
        : Optional.empty();
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
