package com.segumento.model;

/** What kind of data lies under a prefix of the lake; each has one rule of how long it stays. */
public enum DataClass {
  /** Drops as the client delivered them. */
  LANDING("retention.landing_days after the drop's date"),
  /** Requests of data subjects, as a client or an operator put them; they hold tokens. */
  REQUEST("until the request is done"),
  /** What was ingested. */
  CLIENT_DATA("events: retention.events_days after the event; profiles: the agreement"),
  /** What was computed from it. */
  DERIVED("retention.events_days after the business date"),
  QUARANTINE("retention.quarantine_days after the drop's date"),
  /** Tokens. */
  VAULT("the agreement"),
  /** Marks of persons who must not be processed; no keys. */
  EXCLUSION("the agreement"),
  /** What was put together for a person who asked; it holds tokens. */
  BUNDLE("requests.bundle_days after it was put together"),
  /** Who stands behind what was published. */
  RELEASE_MEMORY("privacy.release_memory_days after the release"),
  /** What was told when somebody asked; no keys. */
  QUESTION("privacy.release_memory_days after the question"),
  /** Exports before the gate. */
  STAGING("until the run ends"),
  EXPORT("retention.exports_days after the business date"),
  /** A client's data, put away. */
  ARCHIVE("the client's instruction"),
  /** Of no client and no person. */
  REFERENCE("for good"),
  /** Who used the platform. */
  USAGE_LOG("usage_log_days"),
  /** What was done; names and figures only. */
  LEDGER("for good"),
  /** Who works on what. */
  LEASE("for good; a few bytes a client and date"),
  /** Figures over clients, of no client and no person. */
  BENCHMARK("for good");

  private final String kept;

  DataClass(String kept) {
    this.kept = kept;
  }

  /** How long it stays, in words. */
  public String kept() {
    return kept;
  }
}
