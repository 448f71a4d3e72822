package com.segumento.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.model.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of the audit: who did what to what. Its hash covers everything in it and the hash of the
 * line before, so that no line can be altered, dropped or put in between without breaking the rest.
 * Whoever can rewrite the whole table can rewrite the whole chain: keep the newest hash elsewhere
 * too.
 *
 * @param sequence 1, 2, 3 … without gaps
 * @param id random, so that two equal deeds at the same instant are two lines
 * @param time when it was written, in microseconds
 * @param actor a person of ours or a job
 * @param action such as {@code export.published}
 * @param subject what it was done to, such as a client or an export; never a data subject
 * @param details further names and figures; never a token or a key
 * @param previous hash of the line before; {@link #GENESIS} for the first
 * @param hash SHA-256 of the others, lower-case hexadecimal
 */
public record AuditEntry(
    long sequence,
    String id,
    Instant time,
    String actor,
    String action,
    String subject,
    SortedMap<String, String> details,
    String previous,
    String hash) {
  /** What the first line has as the hash of the line before. */
  public static final String GENESIS = "0".repeat(64);

  private static final ObjectMapper JSON = new ObjectMapper();

  public AuditEntry {
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /** The line that follows {@code last}. */
  public static AuditEntry after(
      Optional<AuditEntry> last,
      String id,
      Instant time,
      String actor,
      String action,
      String subject,
      Map<String, String> details) {
    AuditEntry open =
        new AuditEntry(
            last.map(AuditEntry::sequence).orElse(0L) + 1,
            id,
            time.truncatedTo(ChronoUnit.MICROS),
            actor,
            action,
            subject,
            new TreeMap<>(details),
            last.map(AuditEntry::hash).orElse(GENESIS),
            "");
    return open.sealed();
  }

  /** Whether the hash is that of the rest. */
  public boolean intact() {
    return hash.equals(digest());
  }

  private AuditEntry sealed() {
    return new AuditEntry(sequence, id, time, actor, action, subject, details, previous, digest());
  }

  /** Over the canonical JSON: names sorted, no blanks. */
  private String digest() {
    Map<String, Object> canonical = new TreeMap<>();
    canonical.put("sequence", sequence);
    canonical.put("id", id);
    canonical.put("time", time.toString());
    canonical.put("actor", actor);
    canonical.put("action", action);
    canonical.put("subject", subject);
    canonical.put("details", details);
    canonical.put("previous", previous);
    try {
      return Sha256.hex(JSON.writeValueAsString(canonical));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
