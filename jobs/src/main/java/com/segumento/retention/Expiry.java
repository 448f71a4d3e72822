package com.segumento.retention;

import com.segumento.lake.Lake;
import com.segumento.lake.MemoryFold;
import com.segumento.lake.RetentionLedger;
import com.segumento.lake.RetentionLedger.Event;
import com.segumento.lake.RetentionLedger.Line;
import com.segumento.lake.TableUpkeep;
import com.segumento.lake.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes what of a client has expired. Where the client is to have notice, a run announces it, and
 * a run that long after deletes it. A legal hold keeps everything, and the ledger says so. Nothing
 * is remembered between two steps but what the ledger says was announced, begun and done: what a
 * killed run began, the next one ends.
 */
public final class Expiry {
  private final Workspace workspace;
  private final RetentionLedger ledger;
  private final Instant now;
  private final Lake lake;
  private final TableUpkeep upkeep;

  public Expiry(Workspace workspace, RetentionLedger ledger, Instant now) {
    this.workspace = workspace;
    this.ledger = ledger;
    this.now = now;
    this.lake = workspace.lake();
    this.upkeep = new TableUpkeep(workspace.spark(), lake);
  }

  /**
   * What a run would do.
   *
   * @param due what it would delete
   * @param announced what it would announce
   * @param held what a legal hold keeps
   */
  public record Plan(List<Expired> due, List<Expired> announced, List<Expired> held) {
    public Plan {
      due = List.copyOf(due);
      announced = List.copyOf(announced);
      held = List.copyOf(held);
    }

    /** Whether there is nothing to do, nor to say. */
    public boolean isEmpty() {
      return due.isEmpty() && announced.isEmpty() && held.isEmpty();
    }
  }

  /**
   * What there is to do.
   *
   * @param held whether a legal hold is on the client
   */
  public Plan plan(boolean held) {
    List<Expired> expired = new ExpiryPlan(workspace).expired();
    if (held) {
      return new Plan(List.of(), List.of(), expired);
    }
    Integer notice = workspace.client().retention().noticeHours();
    if (notice == null || notice == 0) {
      return new Plan(withBegun(expired), List.of(), List.of());
    }
    List<Expired> due = new ArrayList<>();
    List<Expired> announced = new ArrayList<>();
    for (Expired each : expired) {
      noticed(each, now.minus(Duration.ofHours(notice)))
          .ifPresent(cutoff -> due.add(each.before(cutoff)));
      if (noticed(each, now).filter(cutoff -> !cutoff.isBefore(each.cutoff())).isEmpty()) {
        announced.add(each);
      }
    }
    return new Plan(withBegun(due), announced, List.of());
  }

  /**
   * Adds what a killed run began and of which the ledger does not say that it is done. Of a prefix
   * that is there and not due, something was put there since: that stays.
   */
  private List<Expired> withBegun(List<Expired> due) {
    Map<String, Line> begun = new LinkedHashMap<>();
    for (Line line : ledger.deletions(workspace.client().client())) {
      if (line.event() == Event.BEGUN) {
        begun.put(line.what(), line);
      } else {
        begun.remove(line.what());
      }
    }
    List<Expired> all = new ArrayList<>();
    for (Expired each : due) {
      Line line = begun.remove(each.what());
      all.add(line == null ? each : each.and(Expired.begun(line)));
    }
    begun.values().stream()
        .map(Expired::begun)
        .filter(each -> !each.isPrefix() || lake.objects().list(uri(each)).isEmpty())
        .forEach(all::add);
    return all;
  }

  private Optional<LocalDate> noticed(Expired each, Instant upTo) {
    return ledger
        .announced(workspace.client().client(), each.rule(), each.subject(), upTo)
        .map(cutoff -> cutoff.isAfter(each.cutoff()) ? each.cutoff() : cutoff);
  }

  /**
   * Does it.
   *
   * @return how many objects are gone
   */
  public long carryOut(Plan plan) {
    List<Line> lines = new ArrayList<>();
    plan.held().forEach(each -> lines.add(line(each, Event.HELD, Map.of())));
    plan.announced()
        .forEach(
            each ->
                lines.add(
                    line(
                        each,
                        Event.ANNOUNCED,
                        Map.of(
                            "not_before",
                            now.plus(Duration.ofHours(workspace.client().retention().noticeHours()))
                                .toString()))));
    plan.due().forEach(each -> lines.add(line(each, Event.BEGUN, each.told())));
    ledger.append(lines);
    long gone = 0;
    for (Expired each : plan.due()) {
      long objects = delete(each);
      // One at a time: killed in between, the ledger says of nothing that it is gone while it is
      // not.
      ledger.append(List.of(line(each, Event.DONE, Map.of(Line.OBJECTS, Long.toString(objects)))));
      gone += objects;
    }
    return gone;
  }

  private long delete(Expired each) {
    String uri = uri(each);
    workspace.progress().begin("deleting " + each.says());
    Map<String, String> note = Map.of("retention", workspace.run());
    long gone;
    if (each.folded()) {
      MemoryFold fold = new MemoryFold(lake, uri);
      if (fold.holds(each.cutoff())) { // else a run did so that was killed after it
        fold.carryOut(each.cutoff(), note);
      }
      gone = 0; // what only older versions need is vacuumed
    } else if (each.dated().isPresent()) {
      gone = upkeep.deleteBefore(uri, each.dated().get(), each.cutoff(), note);
    } else {
      // A run that was killed may have deleted some.
      gone = Math.max(lake.objects().list(uri).size(), each.objects());
      lake.objects().deleteForGood(uri);
    }
    workspace.progress().end(gone + " objects");
    return gone;
  }

  private String uri(Expired each) {
    return lake.layout().root() + "/" + each.subject();
  }

  private Line line(Expired each, Event event, Map<String, String> details) {
    return new Line(
        workspace.run(),
        workspace.client().client(),
        each.rule(),
        each.subject(),
        each.cutoff(),
        event,
        details);
  }
}
