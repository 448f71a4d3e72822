package com.segumento.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.export.Manifest;
import com.segumento.lake.CertificateLedger;
import com.segumento.lake.RetentionLedger;
import com.segumento.lake.RetentionLedger.Event;
import com.segumento.lake.RetentionLedger.Line;
import com.segumento.lake.Workspace;
import com.segumento.retention.Certificate;
import com.segumento.retention.UnsearchedLists;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Certificates of what has expired of a client, one a run. They say what the ledger of retention
 * says is gone: so a run also certifies what one before it deleted that was killed.
 */
final class ExpiryCertificates {
  private static final String KIND = "expiry";

  /** Rules whose deletions another certificate tells of. */
  private static final Set<String> OF_THEIR_OWN =
      Set.of(EndedAgreements.RULE, UnsearchedLists.RULE);

  private static final String EXPIRED = "expired";
  private static final String RULE = "rule";
  private static final String SUBJECT = "subject";
  private static final String BEFORE = "before";
  private static final String RUN = "run";

  private final Workspace workspace;
  private final String client;

  ExpiryCertificates(Workspace workspace) {
    this.workspace = workspace;
    this.client = workspace.client().client();
  }

  /** What a certificate says of something that is gone. */
  private record Gone(String run, String rule, String subject, LocalDate before) {
    static Gone of(Line line) {
      return new Gone(line.run(), line.rule(), line.subject(), line.cutoff());
    }

    static Gone of(JsonNode certificate, JsonNode gone) {
      return new Gone(
          certificate.path(RUN).asText(),
          gone.path(RULE).asText(),
          gone.path(SUBJECT).asText(),
          LocalDate.parse(gone.path(BEFORE).asText()));
    }
  }

  /** The runs that deleted something no certificate says. */
  Set<String> lacking() {
    return lines().keySet();
  }

  /** Issues what lacks. */
  void issue() {
    SortedMap<String, List<Line>> lacking = lines();
    if (lacking.isEmpty()) {
      return;
    }
    Certificate certificates = RetentionStage.certificates(workspace);
    lacking.forEach(
        (run, lines) ->
            certificates.issue(
                id(certificates, run), workspace.clientId(), KIND, says(run, lines)));
  }

  // A run that is gone on with after its certificate, and finds more, gets another.
  private String id(Certificate certificates, String run) {
    String first = KIND + "-" + client + "-" + run;
    String id = first;
    for (int number = 2; certificates.isIssued(id); number++) {
      id = first + "-again-" + number;
    }
    return id;
  }

  private SortedMap<String, List<Line>> lines() {
    List<Line> done =
        RetentionLedger.open(workspace.spark(), workspace.lake()).deletions(client).stream()
            .filter(line -> line.event() == Event.DONE)
            .filter(line -> !OF_THEIR_OWN.contains(line.rule()))
            .toList();
    SortedMap<String, List<Line>> lacking = new TreeMap<>();
    Set<Gone> certified = done.isEmpty() ? Set.of() : certified();
    for (Line line : done) {
      if (!certified.contains(Gone.of(line))) {
        lacking.computeIfAbsent(line.run(), any -> new ArrayList<>()).add(line);
      }
    }
    return lacking;
  }

  private Set<Gone> certified() {
    Set<Gone> certified = new HashSet<>();
    for (String document :
        CertificateLedger.open(workspace.spark(), workspace.lake()).documents(client, KIND)) {
      JsonNode certificate = Manifest.parse(document);
      certificate.path(EXPIRED).forEach(gone -> certified.add(Gone.of(certificate, gone)));
    }
    return certified;
  }

  private ObjectNode says(String run, List<Line> lines) {
    ObjectNode says = JsonNodeFactory.instance.objectNode();
    says.put("business_date", RunIds.date(run).toString())
        .put(RUN, run)
        .put(
            "objects_deleted",
            lines.stream()
                .mapToLong(line -> Long.parseLong(line.details().get(Line.OBJECTS)))
                .sum());
    lines.stream()
        .sorted(Comparator.comparing(Line::subject).thenComparing(Line::cutoff))
        .forEach(
            line ->
                says.withArray(EXPIRED)
                    .addObject()
                    .put(RULE, line.rule())
                    .put(SUBJECT, line.subject())
                    .put(BEFORE, line.cutoff().toString()));
    return says;
  }
}
