package com.segumento.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may lie where: every object of the lake is of one class, and of one client or of none. A
 * table is not created where the registry knows of nothing, no configured path leads there, and an
 * erasure fails that finds a person there.
 */
public final class LakeRegistry {
  private static final String CLIENT = "(?<client>" + ClientId.FORM.pattern() + ")";
  private static final String NAME = "(?!\\.+(?:/|$))[A-Za-z0-9_.-]+"; // .. would lead elsewhere
  private static final String BELOW = "(?:/.*)?";

  private static final List<Entry> ENTRIES =
      List.of(
          entry("landing/<client>/_requests", DataClass.REQUEST),
          entry("landing/<client>/<name>", DataClass.LANDING),
          entry("reference/<name>", DataClass.REFERENCE),
          entry("clients/<client>/tables/profiles", DataClass.DERIVED),
          entry("clients/<client>/tables/traits", DataClass.DERIVED),
          entry("clients/<client>/tables/memberships", DataClass.DERIVED),
          entry("clients/<client>/tables/segment_codes", DataClass.DERIVED),
          entry("clients/<client>/tables/<name>", DataClass.CLIENT_DATA),
          entry("clients/<client>/quarantine/<name>", DataClass.QUARANTINE),
          entry("clients/<client>/vault", DataClass.VAULT),
          entry("clients/<client>/exclusions", DataClass.EXCLUSION),
          entry("clients/<client>/nominations", DataClass.EXCLUSION),
          entry("clients/<client>/requests", DataClass.BUNDLE),
          entry("clients/<client>/release_memory", DataClass.RELEASE_MEMORY),
          entry("clients/<client>/questions", DataClass.QUESTION),
          entry("clients/<client>/privacy_budget", DataClass.RELEASE_MEMORY),
          entry("staging/<client>", DataClass.STAGING),
          entry("exports/<client>", DataClass.EXPORT),
          entry("archive/<client>", DataClass.ARCHIVE),
          entry("ops/usage", DataClass.USAGE_LOG),
          entry("ops/leases", DataClass.LEASE),
          entry("ops/<name>", DataClass.LEDGER),
          entry("benchmarks", DataClass.BENCHMARK));

  private LakeRegistry() {}

  /**
   * A part of the lake.
   *
   * @param prefix below the lake's root; {@code <client>} and {@code <name>} stand for any
   * @param of what lies there
   */
  public record Entry(String prefix, DataClass of, Pattern pattern) {
    /** The client whose data lies at {@code path}; of no client, nothing. */
    public Optional<ClientId> owner(String path) {
      Matcher matcher = pattern.matcher(path);
      return prefix.contains("<client>") && matcher.matches()
          ? Optional.of(new ClientId(matcher.group("client")))
          : Optional.empty();
    }
  }

  /** All parts, the more special first. */
  public static List<Entry> entries() {
    return ENTRIES;
  }

  /** The part of the lake that {@code path} is in, which is relative to the root. */
  public static Optional<Entry> find(String path) {
    return ENTRIES.stream().filter(entry -> entry.pattern().matcher(path).matches()).findFirst();
  }

  private static Entry entry(String prefix, DataClass of) {
    return new Entry(
        prefix,
        of,
        Pattern.compile(prefix.replace("<client>", CLIENT).replace("<name>", NAME) + BELOW));
  }
}
