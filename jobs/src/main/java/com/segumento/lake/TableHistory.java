package com.segumento.lake;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the commits of a table say of themselves, as far as its history reaches back; grows with the
 * table's commits only.
 */
public final class TableHistory {
  /** What commits note that only delete: rows of erased persons, and rows that have expired. */
  private static final Set<String> PURGES = Set.of("erasure", "retention");

  private final CommitNotes notes;
  private final String path;
  private final long newest;

  /**
   * A history.
   *
   * @param newest version of the table; below 0 where there is none
   */
  TableHistory(CommitNotes notes, String path, long newest) {
    this.notes = notes;
    this.path = path;
    this.newest = newest;
  }

  private Map<Long, Map<String, String>> byVersion() {
    return newest < 0 ? Map.of() : notes.byVersion(path, newest);
  }

  /** The newest version whose commit carries a note that meets {@code wanted}. */
  public OptionalLong lastVersion(Predicate<Map<String, String>> wanted) {
    return byVersion().entrySet().stream()
        .filter(commit -> wanted.test(commit.getValue()))
        .mapToLong(Map.Entry::getKey)
        .max();
  }

  /**
   * The version whose rows {@code version} has but for those that were deleted since: the newest up
   * to it that no purge made. What was computed of the one need not be computed again of the other.
   */
  public long beforePurges(long version) {
    return byVersion().entrySet().stream()
        .filter(commit -> commit.getKey() <= version)
        .filter(commit -> PURGES.stream().noneMatch(commit.getValue()::containsKey))
        .mapToLong(Map.Entry::getKey)
        .max()
        .orElse(version);
  }

  /** The notes of all commits. */
  public List<Map<String, String>> notes() {
    return List.copyOf(byVersion().values());
  }

  /**
   * A commit that deleted or changed rows.
   *
   * @param note what it says of itself
   * @param rows how many
   */
  record Change(long version, Map<String, String> note, long rows) {}

  /** The commits that say something of themselves, from the oldest. */
  List<Change> changes() {
    Map<Long, Long> rows = notes.changed(path, newest);
    return byVersion().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(commit -> new Change(commit.getKey(), commit.getValue(), rows.get(commit.getKey())))
        .toList();
  }

  /** What the newest commit that says anything says of itself. */
  public Map<String, String> newestNote() {
    return byVersion().entrySet().stream()
        .filter(commit -> !commit.getValue().isEmpty())
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElse(Map.of());
  }

  /**
   * What a commit says of itself that only deletes: what the newest one says, so that the table is
   * still found by the date it is of, and {@code note}.
   */
  Map<String, String> noteAfter(Map<String, String> note) {
    Map<String, String> all = new TreeMap<>(newestNote());
    all.keySet().removeIf(key -> key.startsWith(PersonPurge.CARRIED));
    all.putAll(note);
    return all;
  }
}
