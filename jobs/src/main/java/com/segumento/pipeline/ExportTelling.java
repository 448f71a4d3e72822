package com.segumento.pipeline;

import com.segumento.config.Export;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.lake.QuestionTrace;
import com.segumento.lake.Workspace;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.Anonymizer;
import com.segumento.privacy.KeptQuestions;
import com.segumento.privacy.Released;
import com.segumento.privacy.questions.PersonSet;
import com.segumento.privacy.questions.PersonSets;
import com.segumento.privacy.questions.PublishedSets;
import com.segumento.privacy.questions.QuestionTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Holds what an ad-hoc export is about to publish to what was told of the client's persons by
 * answers and nights, and has it remembered as told: its segments, everybody in any of them, and
 * the rows of cells. The classes of records are not compared one by one.
 *
 * @param own tables of the nights
 * @param aside tables of the export
 * @param segments that are exported
 */
record ExportTelling(Workspace own, Workspace aside, List<String> segments)
    implements Consumer<Released> {
  private static final String EVERYBODY = "";

  ExportTelling {
    segments = List.copyOf(segments);
  }

  /**
   * Comes before anything is published.
   *
   * @throws PrivacyRefused where the release could be subtracted from what was told, or it is no
   *     longer known what was
   */
  @Override
  public void accept(Released released) {
    int k = own.platform().privacy().defaultK();
    Map<String, PersonSet> sets = sets(released, k);
    ClientTables night = new ClientTables(own);
    Map<String, PersonSet> known =
        night.hasMemberships()
            ? PersonSets.near(night.memberships(), sets.values(), k, k)
            : Map.of();
    try (Lease lease = new Leases(own.lake()).takeQuestions(own.clientId(), own.run())) {
      new KeptQuestions(own).require("export " + released.export().name());
      QuestionTable questions = QuestionTable.open(own.spark(), own.lake(), own.clientId());
      QuestionTrace before = questions.trace(own.run(), own.date());
      PublishedSets published = new PublishedSets(questions, k);
      String definition = String.join(" ", released.definitions().values());
      if (!published.remember(own.run(), own.date(), known.values(), sets, definition)) {
        throw refused(released.export(), k);
      }
      audit(before, questions.trace(own.run(), own.date()));
      lease.check();
    }
  }

  private void audit(QuestionTrace before, QuestionTrace after) {
    if (after.version() > before.version()) {
      AuditLedger.open(own.spark(), own.lake())
          .append(
              AdhocExport.STAGE, QuestionTrace.EXPORTED, own.client().client(), after.details());
    }
  }

  private Map<String, PersonSet> sets(Released released, int k) {
    Dataset<Row> members =
        new ClientTables(aside)
            .memberships()
            .filter(Memberships.SEGMENT_ID.col().isin(segments.toArray()));
    Map<String, PersonSet> sets = new LinkedHashMap<>(PersonSets.of(members, k));
    Dataset<Row> more =
        released.export().kind() == Export.Kind.CELLS
            ? new Anonymizer()
                .persons(aside, released.export().at(released.levels()), released.sources())
            : members
                .select(
                    Memberships.SEGMENT_ID.as(functions.lit(EVERYBODY)), Persons.PERSON_KEY.col())
                .distinct();
    sets.putAll(PersonSets.of(more, k));
    return sets;
  }

  private PrivacyRefused refused(Export export, int k) {
    return new PrivacyRefused(
        "Export "
            + export.name()
            + " of client "
            + own.clientId()
            + " on "
            + own.date()
            + " was not published: a segment or a row of it differs by fewer than "
            + k
            + " persons from a set that was told of, in an answer, another ad-hoc export or a"
            + " night's report, so that one could be subtracted from the other. Export what was"
            + " asked for before, or another condition.");
  }
}
