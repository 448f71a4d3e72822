package com.segumento.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.lake.Commit;
import com.segumento.lake.Holds;
import com.segumento.lake.PersonPurge.Purged;
import com.segumento.lake.RequestLedger;
import com.segumento.lake.TableUpkeep;
import com.segumento.lake.Workspace;
import com.segumento.model.RequestKind;
import com.segumento.model.RequestStep;
import com.segumento.model.Requests;
import com.segumento.ops.Alerts;
import com.segumento.ops.RequestRecord;
import com.segumento.ops.StageReport;
import com.segumento.privacy.questions.QuestionTable;
import com.segumento.request.DueErasure;
import com.segumento.request.RequestRun;
import com.segumento.retention.Certificate;
import com.segumento.retention.Erasure;
import com.segumento.retention.Proven;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Carries out the erasures that persons asked for: deletes, proves, writes down that it is proved,
 * deletes the request's own files, certifies. Each of these may be the last one before a kill; the
 * next run goes on from what the ledger says.
 */
final class Erasing {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String CERTIFICATE = "certificate";
  private static final String SAYS = "certified";
  private static final String KIND = "erasure";
  private static final String UNSEARCHED = "folders_deleted_unsearched";

  private final Workspace workspace;
  private final RequestRun requests;

  Erasing(Workspace workspace, Alerts alerts) {
    this.workspace = workspace;
    this.requests = new RequestRun(alerts, of -> Holds.of(of.lake()).active(of.clientId()));
  }

  /** Ids of the requests that no legal hold keeps, and of those that lack their certificate. */
  List<String> due() {
    boolean held = Holds.of(workspace.lake()).active(workspace.client());
    return newest().stream()
        .filter(record -> (isUnderWay(record) && !held) || lacksCertificate(record))
        .map(RequestRecord::id)
        .toList();
  }

  /** Carries them out, and reports on it. */
  void carryOut(StageReport.Builder report) {
    certifyDone();
    if (newest().stream().noneMatch(Erasing::isUnderWay)) {
      return;
    }
    Optional<DueErasure> due = requests.due(workspace);
    if (due.isEmpty()) {
      return;
    }
    try (DueErasure erasure = due.get()) {
      // The certificate bears the name of the oldest request; before a kill it may have been
      // another.
      List<String> names =
          erasure.requests().stream()
              .map(request -> KIND + "-" + workspace.client().client() + "-" + request)
              .toList();
      Dataset<Row> persons = erasure.persons().persist(StorageLevel.DISK_ONLY());
      try {
        forgetQuestions(persons);
        Erasure.Done done =
            new Erasure(workspace)
                .carryOut(new Erasure.Order(names, persons, erasure.tokenFiles()));
        report(done, report);
        erasure.proved(names.get(0), Map.of(SAYS, says(erasure, done)));
        erasure.done();
      } finally {
        persons.unpersist(true);
      }
    }
    certifyDone();
  }

  /**
   * In place of their fingerprints in the sets that were told of, which the proof can't look for.
   */
  private void forgetQuestions(Dataset<Row> persons) {
    String path = workspace.lake().layout().questions(workspace.clientId());
    if (!workspace.lake().tables().exists(path)) {
      return;
    }
    QuestionTable.existing(workspace.spark(), workspace.lake(), workspace.clientId())
        .forget(persons, Commit.of(Map.of("erasure", workspace.run())));
    // Also where there was nothing to forget: a run may have been killed before this.
    new TableUpkeep(workspace.spark(), workspace.lake()).deleteUnused(path);
  }

  /** Of requests that are done and have none yet: a run was killed in between. */
  private void certifyDone() {
    List<RequestRecord> lacking = newest().stream().filter(this::lacksCertificate).toList();
    Certificate certificates = lacking.isEmpty() ? null : RetentionStage.certificates(workspace);
    for (RequestRecord record : lacking) {
      certificates.issue(
          record.details().get(CERTIFICATE),
          workspace.clientId(),
          KIND,
          says(record.details().get(SAYS)));
    }
  }

  private List<RequestRecord> newest() {
    String ledger = workspace.lake().layout().ops(Requests.NAME);
    return workspace.lake().tables().exists(ledger)
        ? RequestLedger.open(workspace.spark(), workspace.lake()).newest(workspace.clientId())
        : List.of();
  }

  private static boolean isUnderWay(RequestRecord record) {
    return record.step() == RequestStep.RUNNING
        && record.about().filter(about -> about.kind() == RequestKind.ERASE).isPresent();
  }

  private boolean lacksCertificate(RequestRecord record) {
    return record.step() == RequestStep.DONE
        && record.details().containsKey(SAYS)
        && !RetentionStage.certificates(workspace).isIssued(record.details().get(CERTIFICATE));
  }

  private static void report(Erasure.Done done, StageReport.Builder report) {
    report.count("rows_erased", done.tables().values().stream().mapToLong(Purged::rows).sum());
    report.count("objects_scanned", done.proven().objects());
    report.count("bytes_scanned", done.proven().bytes());
    report.count("objects_deleted", done.proven().removed());
    report.count(UNSEARCHED, done.unsearched());
    done.tables()
        .forEach(
            (table, purged) ->
                report.breakdown("rows_erased_by_table", table, (double) purged.rows()));
  }

  private String says(DueErasure erasure, Erasure.Done done) {
    ObjectNode says = JSON.createObjectNode();
    says.put("business_date", workspace.date().toString()).put("run", workspace.run());
    for (RequestRecord request : erasure.records()) {
      ObjectNode each = says.withArray("requests").addObject().put("request", request.id());
      request
          .about()
          .ifPresent(
              about ->
                  each.put("law", about.law().name().toLowerCase(java.util.Locale.ROOT))
                      .put("received", about.received().toString())
                      .put("deadline", about.deadline().toString())
                      .put("persons", about.persons()));
    }
    says.putArray("tables");
    tables(says, done.tables());
    proof(says.putObject("proof").put(UNSEARCHED, done.unsearched()), done.proven());
    return says.toString();
  }

  private static void tables(ObjectNode says, SortedMap<String, Purged> tables) {
    tables.forEach(
        (name, purged) ->
            says.withArray("tables")
                .addObject()
                .put("table", name)
                .put("rows", purged.rows())
                .put("version_before", purged.before())
                .put("version_after", purged.after()));
  }

  private static void proof(ObjectNode proof, Proven proven) {
    proof
        .put("objects", proven.objects())
        .put("bytes", proven.bytes())
        .put("sha256", proven.digest())
        .put("needles", proven.needles())
        .put("found", 0)
        .put("objects_deleted", proven.removed())
        .put("objects_arrived", proven.arrived())
        .put("objects_of_other_clients_left_alone", proven.others())
        .put("objects_of_waiting_requests_left_alone", proven.waiting())
        .put("began", proven.began().toString())
        .put("ended", proven.ended().toString());
  }

  private static ObjectNode says(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
