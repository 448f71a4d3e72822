package com.segumento.request;

import com.segumento.lake.PersonKeys;
import com.segumento.lake.Workspace;
import com.segumento.model.RequestKind;
import com.segumento.model.RequestStep;
import com.segumento.ops.Alerts;
import com.segumento.ops.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the requests in a client's queue, in the order they were received. Each step is in
 * the ledger; killed at any point and run again it goes on there, and ends as if it had not been.
 *
 * <p>Of an erasure it does no more than that the persons are let in no more and are left out of all
 * that is computed: {@link #due} gives what is to be removed. A night runs this before its stages,
 * and what erases after them.
 */
public final class RequestRun {
  private static final Logger LOG = LoggerFactory.getLogger(RequestRun.class);

  private static final String LEFT = "request_left";

  private final Alerts alerts;
  private final Predicate<Workspace> hold;
  private final Runnable beforeWrite;

  /**
   * @param alerts is told of refusals and deadlines
   * @param hold whether the client's data are under legal hold, beside its configuration
   */
  public RequestRun(Alerts alerts, Predicate<Workspace> hold) {
    this(alerts, hold, () -> {});
  }

  RequestRun(Alerts alerts, Predicate<Workspace> hold, Runnable beforeWrite) {
    this.alerts = alerts;
    this.hold = hold;
    this.beforeWrite = beforeWrite;
  }

  /**
   * Carries out what is to be done up to the workspace's date; gives the steps taken.
   *
   * @throws com.segumento.model.ConfigException where there are requests, and no secret to check
   *     them by
   */
  public List<RequestRecord> run(Workspace workspace) {
    LOG.info("Requests begin: client={} date={}", workspace.clientId(), workspace.date());
    Steps steps = new Steps(workspace, beforeWrite);
    Queue queue = Queue.of(workspace);
    Intake intake = new Intake(workspace, steps, alerts);
    intake.finishProved(queue);
    List<Delivery> candidates = intake.known(queue);
    if (!candidates.isEmpty()) {
      try (PersonKeys keys = PersonKeys.open(workspace)) {
        TokenFiles files = new TokenFiles(workspace, keys.function());
        carryOut(workspace, steps, intake, candidates, files);
      }
    }
    if (!held(workspace)) {
      Deeds.expire(workspace, steps);
    }
    new Deadlines(workspace, alerts).tell(steps.newest());
    LOG.info("Requests end: client={} steps={}", workspace.clientId(), steps.taken().size());
    return steps.taken();
  }

  private void carryOut(
      Workspace workspace,
      Steps steps,
      Intake intake,
      List<Delivery> candidates,
      TokenFiles files) {
    TokenFiles.Checked checked = files.check(candidates);
    List<Delivery> sound = checked.sound(candidates);
    if (sound.isEmpty()) {
      intake.accepted(candidates, Figures.NONE, checked);
      return;
    }
    try (JudgedRows rows = JudgedRows.of(files, sound, checked)) {
      List<Delivery> accepted = intake.accepted(candidates, Figures.of(rows.all()), checked);
      List<Delivery> free = free(workspace, accepted, steps);
      new Deeds(workspace, files, checked, rows, steps).carryOut(free);
    }
  }

  /**
   * Tells of the requests of a client that nothing is run for, as it was archived: of deadlines,
   * and of what lies in its queue.
   */
  public void tellOf(Workspace leftOut) {
    new Deadlines(leftOut, alerts).tell(new Steps(leftOut, beforeWrite).newest());
    String queue = leftOut.lake().layout().requestQueue(leftOut.clientId());
    if (!leftOut.lake().objects().list(queue).isEmpty()) {
      alerts.raise(
          LEFT,
          leftOut.client().client(),
          leftOut.date(),
          "Requests lie in the queue of client "
              + leftOut.client().client()
              + ", for which nothing is run. Restore it to have them carried out, or empty "
              + leftOut.lake().layout().relative(queue)
              + ".");
    }
  }

  /** The erasures that are to be carried out; nothing where there are none. */
  public Optional<DueErasure> due(Workspace workspace) {
    Steps steps = new Steps(workspace, beforeWrite);
    boolean running =
        steps.newest().stream()
            .anyMatch(record -> record.step() == RequestStep.RUNNING && erases(record));
    if (!running || held(workspace)) {
      return Optional.empty();
    }
    List<Delivery> due = new ArrayList<>();
    for (Delivery delivery : Queue.of(workspace).deliveries()) {
      RequestRecord record = steps.of(delivery.id());
      if (record != null
          && record.step() == RequestStep.RUNNING
          && erases(record)
          && delivery.mark().equals(record.details().get(Intake.MANIFEST))
          && due.stream().noneMatch(other -> other.id().equals(delivery.id()))) {
        due.add(delivery);
      }
    }
    if (due.isEmpty()) {
      return Optional.empty();
    }
    PersonKeys keys = PersonKeys.open(workspace);
    TokenFiles.Checked checked = new TokenFiles(workspace, keys.function()).check(due);
    // What was altered meanwhile is refused by the next run, and never carried out.
    due.removeIf(delivery -> !checked.problems().get(delivery.id()).isEmpty());
    if (due.isEmpty()) {
      keys.close();
      return Optional.empty();
    }
    return Optional.of(new DueErasure(workspace, steps, keys, due, checked));
  }

  /** What no legal hold forbids; of the rest it is written down that it waits. */
  private List<Delivery> free(Workspace workspace, List<Delivery> accepted, Steps steps) {
    boolean held = held(workspace);
    List<RequestRecord> waiting = new ArrayList<>();
    List<RequestRecord> begun = new ArrayList<>();
    List<Delivery> free = new ArrayList<>();
    for (Delivery delivery : accepted) {
      RequestRecord record = steps.of(delivery.id());
      if (held && delivery.kind() == RequestKind.ERASE) {
        if (record.step() != RequestStep.HELD) {
          waiting.add(record);
        }
      } else {
        free.add(delivery);
        if (record.step() != RequestStep.RUNNING) {
          begun.add(record);
        }
      }
    }
    steps.take(RequestStep.HELD, waiting, Map.of(RequestRecord.REASON, "legal hold"));
    steps.take(RequestStep.RUNNING, begun, Map.of());
    return free;
  }

  private boolean held(Workspace workspace) {
    return workspace.client().retention().legalHold() || hold.test(workspace);
  }

  private static boolean erases(RequestRecord record) {
    return record.about().filter(about -> about.kind() == RequestKind.ERASE).isPresent();
  }
}
