package com.segumento.model;

import java.time.LocalDate;

/**
 * Where everything lies under the lake's root. All of a client's data is under prefixes that carry
 * its id, so that access, keys and deletion can be cut by prefix.
 *
 * @param root the lake's root URI, without a trailing slash
 */
public record LakeLayout(String root) {
  public static final String MANIFEST = "_MANIFEST.json";

  public LakeLayout {
    root = root.replaceAll("/+$", "");
  }

  public String landing(ClientId client, String dataset) {
    return root + "/landing/" + client + "/" + dataset;
  }

  public String landing(ClientId client, String dataset, LocalDate date) {
    return landing(client, dataset) + "/dt=" + date;
  }

  public String reference(String name) {
    return root + "/reference/" + name;
  }

  /** A dataset's table, or one of {@code profiles}, {@code traits}, {@code memberships}. */
  public String table(ClientId client, String name) {
    return root + "/clients/" + client + "/tables/" + name;
  }

  public String quarantine(ClientId client, String dataset) {
    return root + "/clients/" + client + "/quarantine/" + dataset;
  }

  public String vault(ClientId client) {
    return root + "/clients/" + client + "/vault";
  }

  /** Where all runs of a client stage. */
  public String staging(ClientId client) {
    return root + "/staging/" + client;
  }

  public String staging(ClientId client, String run) {
    return staging(client) + "/" + run;
  }

  public String exports(ClientId client, String export) {
    return root + "/exports/" + client + "/" + export;
  }

  public String release(ClientId client, String export, LocalDate date, String run) {
    return exports(client, export) + "/dt=" + date + "/run=" + run;
  }

  public String ops(String ledger) {
    return root + "/ops/" + ledger;
  }
}
