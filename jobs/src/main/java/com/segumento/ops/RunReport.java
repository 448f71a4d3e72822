package com.segumento.ops;

import com.segumento.ops.RunRecord.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run as one HTML page that needs nothing else: it carries its chart library and forbids itself
 * the network. Every chart has its figures as a table below it, so that it reads without scripts.
 * It states what the stages reported and nothing that they left out as too small.
 */
public final class RunReport {
  private RunReport() {}

  /**
   * The page.
   *
   * @param run the stages of the run, at least one
   * @param earlier stages of runs before it, for the trends; may be empty
   */
  public static String html(List<RunRecord> run, List<RunRecord> earlier) {
    if (run.isEmpty()) {
      throw new IllegalArgumentException("A report needs at least one stage.");
    }
    List<RunRecord> stages =
        run.stream().sorted(Comparator.comparing(RunRecord::startedAt)).toList();
    Map<String, List<RunRecord>> clients =
        stages.stream()
            .collect(Collectors.groupingBy(RunRecord::client, TreeMap::new, Collectors.toList()));
    ReportBody body = new ReportBody();
    body.header(stages, clients.size());
    body.open();
    body.timings(ClientCharts.timings(clients));
    clients.forEach((client, own) -> body.client(client, own, Trends.of(client, own, earlier)));
    body.close();
    return ReportPage.of("Run " + stages.get(0).run(), body);
  }

  /** How the run went as a whole. */
  static Verdict verdict(List<RunRecord> stages) {
    Map<Status, Long> ended =
        stages.stream()
            .collect(
                Collectors.groupingBy(
                    RunRecord::status, LinkedHashMap::new, Collectors.counting()));
    long failed = ended.getOrDefault(Status.FAILED, 0L);
    long open = ended.getOrDefault(Status.RUNNING, 0L);
    long refused = ended.getOrDefault(Status.REFUSED, 0L);
    if (failed + open + refused == 0) {
      return new Verdict("good", "Done. Every stage ended well.");
    }
    List<String> parts = new ArrayList<>();
    add(parts, failed, "failed");
    add(parts, refused, refused == 1 ? "was refused" : "were refused");
    add(parts, open, "did not end");
    String sentence =
        (stages.size() == 1 ? "Of 1 stage: " : "Of " + stages.size() + " stages: ")
            + String.join(", ", parts)
            + ".";
    return failed + open > 0
        ? new Verdict("bad", "Failed. " + sentence)
        : new Verdict("warn", "Refused in part. " + sentence);
  }

  private static void add(List<String> parts, long stages, String what) {
    if (stages > 0) {
      parts.add(stages + " " + what);
    }
  }

  /** A verdict and its colour. */
  record Verdict(String tone, String sentence) {}
}
