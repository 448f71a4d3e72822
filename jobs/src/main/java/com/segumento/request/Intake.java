package com.segumento.request;

import com.segumento.contract.ListedFile;
import com.segumento.lake.Workspace;
import com.segumento.model.RequestStep;
import com.segumento.ops.Alerts;
import com.segumento.ops.RequestRecord;
import com.segumento.ops.Ticker;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of the queue is carried out. A request that is refused is written down, told of, and deleted
 * from the queue, as its files hold tokens; delivered again, it is looked at again.
 */
final class Intake {
  /** Detail of a step: SHA-256 of the manifest's text. */
  static final String MANIFEST = "manifest";

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final String REFUSED = "request_refused";

  private final Workspace workspace;
  private final Steps steps;
  private final Alerts alerts;

  Intake(Workspace workspace, Steps steps, Alerts alerts) {
    this.workspace = workspace;
    this.steps = steps;
    this.alerts = alerts;
  }

  /** Ends what was proved before a run was killed. */
  void finishProved(Queue queue) {
    List<RequestRecord> proved =
        steps.newest().stream().filter(record -> record.step() == RequestStep.PROVED).toList();
    for (RequestRecord record : proved) {
      queue.deliveries().stream()
          .filter(delivery -> delivery.id().equals(record.id()))
          .filter(delivery -> delivery.mark().equals(record.details().get(MANIFEST)))
          .forEach(delivery -> delete(delivery.all()));
    }
    steps.take(RequestStep.DONE, proved, Map.of());
  }

  /**
   * The requests that are new or under way. What can't be trusted or bears the id of another
   * request is refused; what is done already is deleted.
   */
  List<Delivery> known(Queue queue) {
    for (Queue.Distrusted manifest : queue.refused()) {
      refuse(manifest.id(), Optional.empty(), manifest.mark(), manifest.reason(), manifest.uris());
    }
    Map<String, Delivery> open = new LinkedHashMap<>();
    List<Delivery> again = new ArrayList<>();
    for (Delivery delivery : queue.deliveries()) {
      RequestRecord record = steps.of(delivery.id());
      boolean fresh = record == null || record.step() == RequestStep.REFUSED;
      Delivery other = open.get(delivery.id());
      boolean same =
          fresh
              ? other == null || other.mark().equals(delivery.mark())
              : delivery.mark().equals(record.details().get(MANIFEST));
      if (!same) {
        Queue.Distrusted taken =
            new Queue.Distrusted(
                delivery.mark(), "its requestId is that of another request", delivery.all());
        refuse(taken.id(), Optional.empty(), taken.mark(), taken.reason(), taken.uris());
      } else if (other != null || (!fresh && record.step().last())) {
        again.add(delivery);
      } else {
        open.put(delivery.id(), delivery);
      }
    }
    // Of several copies the first one is carried out.
    again.forEach(delivery -> delete(delivery.all()));
    Set<String> there = new HashSet<>(open.keySet());
    there.addAll(queue.later());
    lost(there);
    return List.copyOf(open.values());
  }

  /** What was taken in and is no longer there cannot be carried out. */
  private void lost(Set<String> there) {
    for (RequestRecord record : steps.newest()) {
      if (!record.step().last() && !there.contains(record.id())) {
        String gone = "its files are no longer in the queue: deliver them again";
        refuse(record.id(), record.about(), record.details().get(MANIFEST), gone, List.of());
      }
    }
  }

  /** The requests that are as they were signed; new ones are written down. */
  List<Delivery> accepted(List<Delivery> candidates, Figures figures, TokenFiles.Checked checked) {
    List<Delivery> accepted = new ArrayList<>();
    List<RequestRecord> received = new ArrayList<>();
    for (Delivery delivery : candidates) {
      List<String> problems = new ArrayList<>(checked.problems().get(delivery.id()));
      if (problems.isEmpty()) {
        problems.addAll(problems(delivery, figures));
      }
      RequestRecord.About about = about(delivery, figures.persons(delivery.id()));
      if (!problems.isEmpty()) {
        refuse(
            delivery.id(),
            Optional.of(about),
            delivery.mark(),
            String.join("; ", problems),
            delivery.all());
        continue;
      }
      accepted.add(delivery);
      RequestRecord record = steps.of(delivery.id());
      if (record == null || record.step() == RequestStep.REFUSED) {
        Map<String, String> details = new TreeMap<>(figures.refused(delivery.id()));
        details.put(MANIFEST, delivery.mark());
        received.add(record(delivery.id(), Optional.of(about), RequestStep.RECEIVED, details));
      }
    }
    steps.take(received);
    return accepted;
  }

  private static List<String> problems(Delivery delivery, Figures figures) {
    List<String> problems = new ArrayList<>();
    for (ListedFile file : delivery.manifest().files()) {
      long rows = figures.rows(delivery.id(), delivery.files().get(file.path()));
      if (rows != file.rows()) {
        problems.add(
            "file " + file.path() + " has " + rows + " rows, the manifest says " + file.rows());
      }
    }
    if (problems.isEmpty() && figures.persons(delivery.id()) == 0) {
      problems.add(
          "no row can be carried out"
              + (figures.refused(delivery.id()).isEmpty()
                  ? ""
                  : ": " + String.join(", ", figures.refused(delivery.id()).keySet())));
    }
    return problems;
  }

  private RequestRecord.About about(Delivery delivery, long persons) {
    RequestManifest manifest = delivery.manifest();
    return new RequestRecord.About(
        delivery.kind(),
        manifest.lawOf(),
        manifest.receivedAt(),
        workspace
            .platform()
            .requests()
            .deadline(manifest.lawOf(), manifest.receivedAt().atZone(ZoneOffset.UTC).toLocalDate()),
        persons);
  }

  private void refuse(
      String id,
      Optional<RequestRecord.About> about,
      String mark,
      String reason,
      List<String> uris) {
    RequestRecord before = steps.of(id);
    Map<String, String> details =
        new HashMap<>(Map.of(RequestRecord.REASON, reason, MANIFEST, mark));
    boolean said =
        before != null
            && before.step() == RequestStep.REFUSED
            && before.details().entrySet().containsAll(details.entrySet());
    if (!said) {
      LOG.warn("Request refused: client={} request={} {}", workspace.clientId(), id, reason);
      steps.take(List.of(record(id, about, RequestStep.REFUSED, details)));
    }
    alerts.raise(
        REFUSED,
        workspace.client().client(),
        workspace.date(),
        "Request " + id + " was refused and is not carried out: " + reason + ".");
    delete(uris);
  }

  private RequestRecord record(
      String id, Optional<RequestRecord.About> about, RequestStep step, Map<String, String> said) {
    return new RequestRecord(
        id,
        workspace.client().client(),
        about,
        step,
        Ticker.now(),
        workspace.run(),
        new TreeMap<>(said));
  }

  private void delete(List<String> uris) {
    for (String uri : uris) {
      steps.beforeWrite();
      workspace.lake().objects().deleteForGood(uri);
    }
  }
}
