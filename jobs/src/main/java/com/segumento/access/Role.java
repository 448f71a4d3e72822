package com.segumento.access;

import static com.segumento.access.Area.ALERTS;
import static com.segumento.access.Area.ARCHIVE;
import static com.segumento.access.Area.AUDIT;
import static com.segumento.access.Area.BENCHMARKS;
import static com.segumento.access.Area.BENCHMARK_SETS;
import static com.segumento.access.Area.BUNDLES;
import static com.segumento.access.Area.CERTIFICATES;
import static com.segumento.access.Area.CLIENT_STATES;
import static com.segumento.access.Area.DROPS;
import static com.segumento.access.Area.EXCLUSIONS;
import static com.segumento.access.Area.EXPORTS;
import static com.segumento.access.Area.LAKE;
import static com.segumento.access.Area.LANDING;
import static com.segumento.access.Area.LEASES;
import static com.segumento.access.Area.NOMINATIONS;
import static com.segumento.access.Area.PRIVACY_BUDGET;
import static com.segumento.access.Area.QUARANTINE;
import static com.segumento.access.Area.QUESTIONS;
import static com.segumento.access.Area.REFERENCES;
import static com.segumento.access.Area.RELEASE_MEMORY;
import static com.segumento.access.Area.REQUESTS;
import static com.segumento.access.Area.RETENTION_LEDGER;
import static com.segumento.access.Area.RUNS;
import static com.segumento.access.Area.SOURCES;
import static com.segumento.access.Area.STAGING;
import static com.segumento.access.Area.TABLES;
import static com.segumento.access.Area.USAGE;
import static com.segumento.access.Area.VAULT;
import static com.segumento.access.Deed.DELETE;
import static com.segumento.access.Deed.EXPIRE_LOG;
import static com.segumento.access.Deed.LIST;
import static com.segumento.access.Deed.LIST_UPLOADS;
import static com.segumento.access.Deed.READ;
import static com.segumento.access.Deed.WRITE;

import com.segumento.config.Client;
import com.segumento.model.ConfigException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who works on a client's part of the lake, and what with. What is not granted is forbidden. */
public enum Role {
  /** {@code nightly} and its stages. The vault only where activation is agreed. */
  OPERATOR,
  /** {@code adhoc} and {@code explain}, and what they publish through the gate. */
  DATA_ENGINEER,
  /** The client itself: pulls its exports and bundles, drops into its landing zone. */
  CLIENT,
  /** The client where only pulls. */
  CLIENT_PULL,
  /** The client where only drops; it can't even list what it dropped. */
  CLIENT_DROP,
  /** {@code export} of audiences: who reads the vault. */
  ACTIVATION,
  /**
   * Reads what an auditor asks for, which is written down, and {@code verify} of a release: of the
   * tables of persons those it is judged by. Not the vault: lists of audiences are verified by who
   * has {@link #ACTIVATION}.
   */
  PRIVACY_OFFICER,
  /**
   * {@code retention}, {@code request} and {@code client}: deletes what is the client's, and proves
   * it by looking into everything, whoever's it is.
   */
  RETENTION,
  /** {@code reference load}, of the references the client's enrichment names. */
  REFERENCE_LOADER;

  private static final Set<Deed> LOOK = EnumSet.of(READ, LIST);
  private static final Set<Deed> ADD = EnumSet.of(READ, LIST, WRITE);
  private static final Set<Deed> TABLE = EnumSet.of(READ, LIST, WRITE, EXPIRE_LOG);
  private static final Set<Deed> FILES = EnumSet.of(READ, LIST, WRITE, DELETE);

  /**
   * The role of this name, as {@code data-engineer}.
   *
   * @throws ConfigException where there is none
   */
  public static Role named(String name) {
    return Stream.of(values())
        .filter(role -> role.title().equals(name.replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () ->
                ConfigException.invalid(
                    "--role",
                    name,
                    Stream.of(values()).map(Role::title).collect(Collectors.joining(", "))));
  }

  /** Its name for people. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What it may do, by area.
   *
   * @throws ConfigException where the client's agreement has no such role
   */
  Map<Area, Set<Deed>> grants(Client client) {
    Grants grants = new Grants();
    switch (this) {
      case OPERATOR -> operator(grants, client);
      case DATA_ENGINEER -> engineer(grants);
      case CLIENT -> grants.add(LOOK, EXPORTS, BUNDLES).add(EnumSet.of(WRITE), LANDING);
      case CLIENT_PULL -> grants.add(LOOK, EXPORTS, BUNDLES);
      case CLIENT_DROP -> grants.add(EnumSet.of(WRITE), LANDING);
      case ACTIVATION -> activation(grants, client);
      case PRIVACY_OFFICER ->
          grants
              .add(LOOK, EXPORTS, RUNS, REQUESTS, CERTIFICATES, RETENTION_LEDGER)
              .add(LOOK, CLIENT_STATES, BENCHMARKS)
              .add(LOOK, SOURCES, RELEASE_MEMORY, PRIVACY_BUDGET, REFERENCES)
              .add(ADD, AUDIT) // a release that is not as it should be
              .add(TABLE, USAGE); // who looks is written down, too
      case RETENTION -> retention(grants);
      case REFERENCE_LOADER -> grants.add(TABLE, REFERENCES, USAGE).add(ADD, AUDIT);
    }
    return grants.byArea;
  }

  private static void operator(Grants grants, Client client) {
    grants
        .add(LOOK, DROPS, REFERENCES, EXCLUSIONS, CLIENT_STATES, REQUESTS)
        .add(TABLE, TABLES, QUARANTINE, RELEASE_MEMORY, PRIVACY_BUDGET, RUNS, USAGE, BENCHMARKS)
        .add(ADD, AUDIT, BENCHMARK_SETS)
        .add(FILES, STAGING, EXPORTS, LEASES, ALERTS);
    if (client.agreement().activation()) {
      grants.add(TABLE, VAULT);
    }
  }

  private static void engineer(Grants grants) {
    publishing(grants).add(TABLE, QUESTIONS).add(LOOK, BENCHMARKS);
  }

  private static void activation(Grants grants, Client client) {
    if (!client.agreement().activation()) {
      throw new ConfigException(
          "Nobody has the role activation for client "
              + client.client()
              + ", as its agreement has no activation: there is no vault.");
    }
    publishing(grants).add(LOOK, VAULT);
  }

  private static Grants publishing(Grants grants) {
    return grants
        .add(LOOK, TABLES, REFERENCES, EXCLUSIONS, CLIENT_STATES, REQUESTS)
        .add(TABLE, RELEASE_MEMORY, PRIVACY_BUDGET, RUNS, USAGE)
        .add(ADD, AUDIT)
        .add(FILES, STAGING, EXPORTS, LEASES);
  }

  private static void retention(Grants grants) {
    grants
        .add(EnumSet.of(READ, LIST, LIST_UPLOADS), LAKE)
        .add(FILES, LANDING, TABLES, QUARANTINE, RELEASE_MEMORY, QUESTIONS, VAULT, STAGING, EXPORTS)
        .add(FILES, EXCLUSIONS, NOMINATIONS, BUNDLES, PRIVACY_BUDGET)
        .add(FILES, ARCHIVE, REFERENCES, USAGE, REQUESTS, LEASES, ALERTS)
        .add(ADD, RETENTION_LEDGER)
        .add(TABLE, RUNS)
        .add(ADD, AUDIT, CERTIFICATES, CLIENT_STATES);
  }

  private static final class Grants {
    private final Map<Area, Set<Deed>> byArea = new EnumMap<>(Area.class);

    Grants add(Set<Deed> deeds, Area... areas) {
      for (Area area : areas) {
        byArea.computeIfAbsent(area, key -> EnumSet.noneOf(Deed.class)).addAll(deeds);
      }
      return this;
    }
  }
}
