package com.segumento.pipeline;

import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.lake.QuestionTrace;
import com.segumento.lake.StorageGuard;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.LeaseHeldException;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.Progress;
import com.segumento.ops.Ticker;
import com.segumento.pipeline.Answer.Part;
import com.segumento.privacy.KeptQuestions;
import com.segumento.privacy.MemoryTable;
import com.segumento.privacy.questions.AnswerBudget;
import com.segumento.privacy.questions.Margins;
import com.segumento.privacy.questions.QuestionTable;
import com.segumento.privacy.questions.TellingGuard;
import com.segumento.privacy.questions.Told;
import com.segumento.segment.ReadDefinitions;
import com.segumento.segment.SegmentDefinitions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions about a client's persons: one question of a client at a time, so that each
 * knows all that was told before. What is computed for one is gone when the answer is there.
 */
public final class Answering {
  private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

  /** A preview looks at so many persons at most; at half of them at least, where there are more. */
  static final long PREVIEWED_PERSONS = 100_000;

  private static final String FOLDER = "question-";

  private final Parts parts;
  private final Engine engine;
  private final Progress progress;
  private final Margins margins;
  private final long previewed;

  /**
   * @param engine whose workspaces are computed in
   * @param margins what is left to chance of what is told
   */
  public Answering(Parts parts, Engine engine, Progress progress, Margins margins) {
    this(parts, engine, progress, margins, PREVIEWED_PERSONS);
  }

  Answering(Parts parts, Engine engine, Progress progress, Margins margins, long previewed) {
    this.parts = parts;
    this.engine = engine;
    this.progress = progress;
    this.margins = margins;
    this.previewed = previewed;
  }

  /**
   * The answer, which is remembered and audited before it is given.
   *
   * @throws com.segumento.model.ConfigException where a definition is wrong, or there are no
   *     profiles of the date, or the agreement does not cover it
   * @throws com.segumento.model.LeaseHeldException where another question is being answered
   * @throws PrivacyRefused where so much was told of the client that nothing more is, or it is no
   *     longer known what was published or told of it
   */
  public Answer answer(Question question) {
    Nightly.requireAgreement(question.client(), question.date());
    StorageGuard.check(
        parts.spark(),
        parts.configuration().platform(),
        question.client(),
        parts.lake().layout().root());
    SegmentDefinitions definitions =
        SegmentDefinitions.resolve(parts.spark(), question.client(), question.definitions());
    Segments read = ReadDefinitions.of(question.definitions(), question.segments(), List.of());
    ClientId client = new ClientId(question.client().client());
    String id = UUID.randomUUID().toString();
    LOG.info("Question begins: client={} question={} date={}", client, id, question.date());
    try (Lease lease = new Leases(parts.lake()).takeQuestions(client, id)) {
      clear(client);
      try {
        Workspace workspace = engine.workspace(question.client(), question.date(), id);
        new KeptQuestions(workspace).require("an answer");
        Instant since = Ticker.now().minus(budget().span());
        AnswerBudget.Spent before = requireBudget(question, read, id, since);
        MemoryTable.requireKept(workspace, "an answer");
        ClientTables tables = new ClientTables(workspace);
        if (tables.hasProfiles()) { // else the stage says what there is to do
          MemoryTable.requireKnown(workspace, tables.profiles(), "an answer");
        }
        long releases = tables.releases();
        StepSets sets = StepSets.compute(workspace, question, read, FOLDER + id, previewed);
        lease.check();
        List<Part> told = told(question, definitions.hashes(), sets, id);
        requireNoRelease(workspace, releases);
        AnswerBudget.Cost cost = budget().cost(before, spent(client, since));
        return new Answer(k(), sets.sample().oneIn(), read, told, cost, sets.explanation());
      } finally {
        clear(client);
        LOG.info("Question ends: client={} question={}", client, id);
      }
    }
  }

  private List<Part> told(Question question, Map<String, String> hashes, StepSets sets, String id) {
    progress.begin(question.client().client() + ": what was told before");
    QuestionTable memory =
        QuestionTable.open(parts.spark(), parts.lake(), new ClientId(question.client().client()));
    TellingGuard guard =
        new TellingGuard(
            k(), memory.near(sets.sample(), sets.all(k()), Margins.reach(k())), margins);
    Telling telling = new Telling(guard, question, k());
    List<Part> answers = telling.tell(sets, hashes);
    memory.remember(id, question.date(), sets.sample(), telling.entries());
    audit(question, answers, memory.trace(id, question.date()));
    progress.end("kept");
    return answers;
  }

  // Before anything is computed, so that the refusal is of the memory alone.
  private AnswerBudget.Spent requireBudget(
      Question question, Segments read, String id, Instant since) {
    String client = question.client().client();
    AnswerBudget.Spent spent = spent(new ClientId(client), since);
    try {
      budget().require(client, spent, StepSets.figures(parts.spark(), question, read));
      return spent;
    } catch (PrivacyRefused e) {
      Map<String, String> details = Map.of("question", id, "date", question.date().toString());
      AuditLedger.open(parts.spark(), parts.lake())
          .append(question.actor(), "question.refused", client, details);
      throw e;
    }
  }

  private AnswerBudget budget() {
    Platform.Answers answers = parts.configuration().platform().privacy().answers();
    return new AnswerBudget(answers.figures(), answers.refusals(), Duration.ofDays(answers.days()));
  }

  private AnswerBudget.Spent spent(ClientId client, Instant since) {
    return QuestionTable.existing(parts.spark(), parts.lake(), client).since(since);
  }

  /**
   * An export that publishes at the same time looks at what was told after it has said what it
   * publishes, and this looks again at that after it has said what it tells: one sees the other.
   */
  private static void requireNoRelease(Workspace workspace, long releases) {
    if (new ClientTables(workspace).releases() != releases) {
      throw new LeaseHeldException(
          "An export of client "
              + workspace.clientId()
              + " was published while the question was being answered. Ask again.");
    }
  }

  private void audit(Question question, List<Part> answers, QuestionTrace trace) {
    long withheld =
        answers.stream()
            .flatMap(Part::told)
            .filter(step -> step.told().kind() == Told.Kind.WITHHELD)
            .count();
    Map<String, String> details = new LinkedHashMap<>(trace.details());
    details.put("withheld", Long.toString(withheld));
    answers.forEach(answer -> details.put("definition_hash of " + answer.segment(), answer.hash()));
    AuditLedger.open(parts.spark(), parts.lake())
        .append(question.actor(), QuestionTrace.ANSWERED, question.client().client(), details);
  }

  private int k() {
    return parts.configuration().platform().privacy().defaultK();
  }

  /** Removes what this question, or one that was killed, has computed. */
  private void clear(ClientId client) {
    String staging = parts.lake().layout().staging(client);
    for (String folder : parts.lake().objects().names(staging)) {
      if (folder.startsWith(FOLDER)) {
        parts.lake().objects().delete(staging + "/" + folder);
      }
    }
  }
}
