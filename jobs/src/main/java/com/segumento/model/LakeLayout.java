package com.segumento.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where everything lies under the lake's root. All of a client's data is under prefixes that carry
 * its id, so that access, keys and deletion can be cut by prefix.
 *
 * @param root the lake's root URI, without a trailing slash
 * @param aside folder in a client's staging where its traits and memberships lie instead of those
 *     of its nights; empty where they are those of its nights
 */
public record LakeLayout(String root, String aside) {
  public static final String MANIFEST = "_MANIFEST.json";

  private static final String DATED = "dt=";
  private static final Set<String> COMPUTED =
      Set.of(Traits.NAME, Memberships.NAME, SegmentCodes.NAME);

  public LakeLayout {
    root = root.replaceAll("/+$", "");
  }

  /** With the tables of the nights. */
  public LakeLayout(String root) {
    this(root, "");
  }

  /** The same, with traits and memberships of their own that the nights know nothing of. */
  public LakeLayout aside(String folder) {
    return new LakeLayout(root, folder);
  }

  /** What {@code uri} is called below the root; itself where it is not below it. */
  public String relative(String uri) {
    String below = bare(uri);
    String at = bare(root) + "/";
    return below.startsWith(at) ? below.substring(at.length()) : uri;
  }

  // A local folder is written with one slash or with three.
  private static String bare(String uri) {
    return uri.replaceFirst("^file:/+", "file:/");
  }

  /** Where all drops of a client are. */
  public String landing(ClientId client) {
    return root + "/landing/" + client;
  }

  /** Where all tables of a client are. */
  public String client(ClientId client) {
    return root + "/clients/" + client;
  }

  public String landing(ClientId client, String dataset) {
    return root + "/landing/" + client + "/" + dataset;
  }

  public String landing(ClientId client, String dataset, LocalDate date) {
    return landing(client, dataset) + "/" + DATED + date;
  }

  public String reference(String name) {
    return root + "/reference/" + name;
  }

  /**
   * A dataset's table, or one of {@code profiles}, {@code traits}, {@code memberships}, {@code
   * segment_codes}.
   */
  public String table(ClientId client, String name) {
    return !aside.isEmpty() && COMPUTED.contains(name)
        ? staging(client, aside) + "/" + name
        : root + "/clients/" + client + "/tables/" + name;
  }

  /** Whether computed tables lie aside, as those of one question do. */
  public boolean isAside() {
    return !aside.isEmpty();
  }

  /** What was told of a client's persons when somebody asked. */
  public String questions(ClientId client) {
    return root + "/clients/" + client + "/questions";
  }

  public String quarantine(ClientId client, String dataset) {
    return root + "/clients/" + client + "/quarantine/" + dataset;
  }

  /** Who stands behind what was published of a client. */
  public String releaseMemory(ClientId client) {
    return root + "/clients/" + client + "/release_memory";
  }

  /** What was spent of a client's privacy budget. */
  public String privacyBudget(ClientId client) {
    return root + "/clients/" + client + "/privacy_budget";
  }

  public String vault(ClientId client) {
    return root + "/clients/" + client + "/vault";
  }

  /** Who of a client's persons is left out of what. */
  public String exclusions(ClientId client) {
    return root + "/clients/" + client + "/exclusions";
  }

  /** Whom a client's persons have nominated. */
  public String nominations(ClientId client) {
    return root + "/clients/" + client + "/nominations";
  }

  /** Where a client and its operator put requests of persons. */
  public String requestQueue(ClientId client) {
    return root + "/landing/" + client + "/_requests";
  }

  /** What was put together for requests of access and portability; only the client may read it. */
  public String requestBundles(ClientId client) {
    return root + "/clients/" + client + "/requests";
  }

  /** Where all runs of a client stage. */
  public String staging(ClientId client) {
    return root + "/staging/" + client;
  }

  public String staging(ClientId client, String run) {
    return staging(client) + "/" + run;
  }

  /** All that a client may pull. */
  public String exports(ClientId client) {
    return root + "/exports/" + client;
  }

  public String exports(ClientId client, String export) {
    return root + "/exports/" + client + "/" + export;
  }

  public String release(ClientId client, String export, LocalDate date, String run) {
    return exports(client, export) + "/" + DATED + date + "/run=" + run;
  }

  /** The business date of the releases in a folder of an export; nothing where it is not ours. */
  public static Optional<LocalDate> releaseDate(String folder) {
    try {
      return folder.startsWith(DATED)
          ? Optional.of(LocalDate.parse(folder.substring(DATED.length())))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** All that lies under a client's id, but for what ledgers say of it. */
  public List<String> prefixes(ClientId client) {
    return Stream.of("landing", "clients", "staging", "exports", "archive")
        .map(area -> root + "/" + area + "/" + client)
        .toList();
  }

  /** What was taken out of the way of a client that is not worked on. */
  public String archive(ClientId client, String id) {
    return root + "/archive/" + client + "/" + id;
  }

  /** De-identified aggregates over clients. */
  public String benchmarks() {
    return root + "/benchmarks";
  }

  public String ops(String ledger) {
    return root + "/ops/" + ledger;
  }
}
