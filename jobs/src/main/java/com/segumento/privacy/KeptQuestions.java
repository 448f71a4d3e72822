package com.segumento.privacy;

import com.segumento.lake.DeltaTables;
import com.segumento.lake.QuestionTrace;
import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Questions;
import com.segumento.ops.Ticker;
import java.util.Optional;

/**
 * Looks whether the table of what was told of a client's persons is still the one that it was told
 * with, by the audit. One that was dropped, or put back as it was before, looks as if nothing had
 * been told: the budget would be spent once more, and answers would not be held to those before.
 */
public record KeptQuestions(Workspace workspace) {
  private static final String CODE = "lost_questions";

  /**
   * Does nothing where the table is kept, or nothing was told.
   *
   * @param what is refused, such as {@code an answer}
   * @throws PrivacyRefused where it is not
   */
  public void require(String what) {
    QuestionTrace.newest(workspace)
        .ifPresent(
            trace ->
                missing(trace)
                    .ifPresent(
                        problem -> {
                          throw LostTable.refused(workspace, what, CODE, says(trace, problem));
                        }));
  }

  private String says(QuestionTrace trace, String problem) {
    return "The table "
        + workspace.lake().layout().relative(path())
        + " "
        + problem
        + ", and run "
        + trace.question()
        + " told what it was to keep.";
  }

  private Optional<String> missing(QuestionTrace trace) {
    DeltaTables tables = workspace.lake().tables();
    long version = tables.version(path());
    if (version < 0) {
      return Optional.of("is not there");
    }
    if (!trace.id().equals(tables.id(path()))) {
      return Optional.of("is another one than it was");
    }
    if (version < trace.version()) {
      return Optional.of("is at version " + version + " and was at " + trace.version());
    }
    return isKept(trace) && !isThere(trace) ? Optional.of("does not hold it") : Optional.empty();
  }

  /** Retention lets go of older ones. */
  private boolean isKept(QuestionTrace trace) {
    int days = workspace.platform().privacy().releaseMemoryDays();
    return !trace.date().isBefore(Ticker.today().minusDays(days));
  }

  private boolean isThere(QuestionTrace trace) {
    return !workspace
        .lake()
        .tables()
        .read(path())
        .filter(Questions.QUESTION.col().equalTo(trace.question()))
        .isEmpty();
  }

  private String path() {
    return workspace.lake().layout().questions(workspace.clientId());
  }
}
