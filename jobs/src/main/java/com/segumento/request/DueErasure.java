package com.segumento.request;

import com.segumento.lake.PersonKeys;
import com.segumento.lake.Workspace;
import com.segumento.model.Persons;
import com.segumento.model.RequestStep;
import com.segumento.model.Vault;
import com.segumento.ops.RequestRecord;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The erasures of a client that are under way: their persons are let in no more, and are to be
 * removed from everywhere. Whoever does that removes them, proves it, says so with {@link #proved},
 * and ends with {@link #done}. Killed before {@code proved}, the same erasure is due again; killed
 * after it, the next {@link RequestRun} ends it.
 */
public final class DueErasure implements AutoCloseable {
  /** Detail of a step {@code PROVED}: the certificate's id. */
  static final String CERTIFICATE = "certificate";

  private final Workspace workspace;
  private final Steps steps;
  private final PersonKeys keys;
  private final List<Delivery> deliveries;
  private final TokenFiles.Checked checked;

  DueErasure(
      Workspace workspace,
      Steps steps,
      PersonKeys keys,
      List<Delivery> deliveries,
      TokenFiles.Checked checked) {
    this.workspace = workspace;
    this.steps = steps;
    this.keys = keys;
    this.deliveries = List.copyOf(deliveries);
    this.checked = checked;
  }

  /** Ids of the requests. */
  public List<String> requests() {
    return deliveries.stream().map(Delivery::id).toList();
  }

  /** What the ledger says of them. */
  public List<RequestRecord> records() {
    return deliveries.stream().map(delivery -> steps.of(delivery.id())).toList();
  }

  /**
   * One row a person: {@link Persons#PERSON_KEY}, and {@link Vault#TOKEN} as the client delivers
   * it, in UTF-8. Read anew from the token files whenever it is computed; good until this is
   * closed.
   */
  public Dataset<Row> persons() {
    return new TokenFiles(workspace, keys.function())
        .good(deliveries, checked)
        .select(Persons.PERSON_KEY.col(), Vault.TOKEN.col())
        .distinct();
  }

  /** URIs of the files that hold the tokens, and are there until {@link #done}. */
  public List<String> tokenFiles() {
    return deliveries.stream().flatMap(delivery -> delivery.tokenFiles().stream()).toList();
  }

  /**
   * Writes down that nothing but the token files is left of the persons.
   *
   * @param certificate id of the certificate that says so
   * @param details further names and figures, never a token or a key
   */
  public void proved(String certificate, Map<String, String> details) {
    Map<String, String> all = new java.util.TreeMap<>(details);
    all.put(CERTIFICATE, certificate);
    steps.take(RequestStep.PROVED, records(), all);
  }

  /**
   * Deletes the token files and writes down that the requests are done.
   *
   * @throws IllegalStateException before {@link #proved}
   */
  public void done() {
    List<RequestRecord> records = records();
    if (!records.stream().allMatch(record -> record.step() == RequestStep.PROVED)) {
      throw new IllegalStateException("An erasure is done when it is proved");
    }
    for (Delivery delivery : deliveries) {
      steps.beforeWrite();
      delivery.all().forEach(workspace.lake().objects()::deleteForGood);
    }
    steps.take(RequestStep.DONE, records, Map.of());
  }

  @Override
  public void close() {
    keys.close();
  }
}
