package com.segumento.lake;

import com.segumento.ops.AuditEntry;
import com.segumento.ops.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the audit says of the table of what a client was told of in answers and ad-hoc exports. The
 * audit lies elsewhere, so that it still knows of a table that was lost.
 *
 * @param question id of the question, or run, that something was told in
 * @param date its business date
 * @param id Delta's own name of the table
 * @param version that it was told of in
 */
public record QuestionTrace(String question, LocalDate date, String id, long version) {
  /** Actions of the audit that leave one. */
  public static final String ANSWERED = "question.answered";

  public static final String EXPORTED = "export.told";

  private static final String QUESTION = "question";
  private static final String DATE = "date";
  private static final String ID = "table";
  private static final String VERSION = "table_version";
  private static final Duration RECENT = Duration.ofDays(31);

  /** The newest of the workspace's client; nothing where nothing was told that left one. */
  public static Optional<QuestionTrace> newest(Workspace workspace) {
    AuditLedger audit = AuditLedger.open(workspace.spark(), workspace.lake());
    List<String> actions = List.of(ANSWERED, EXPORTED);
    String client = workspace.client().client();
    // Most say it of these days; the audit of all days is much to read.
    return audit
        .newest(actions, client, VERSION, Ticker.now().minus(RECENT))
        .or(() -> audit.newest(actions, client, VERSION, Instant.EPOCH))
        .map(AuditEntry::details)
        .map(QuestionTrace::of);
  }

  private static QuestionTrace of(Map<String, String> details) {
    return new QuestionTrace(
        details.get(QUESTION),
        LocalDate.parse(details.get(DATE)),
        details.get(ID),
        Long.parseLong(details.get(VERSION)));
  }

  /** As the audit has it. */
  public Map<String, String> details() {
    return Map.of(
        QUESTION, question, DATE, date.toString(), ID, id, VERSION, Long.toString(version));
  }
}
