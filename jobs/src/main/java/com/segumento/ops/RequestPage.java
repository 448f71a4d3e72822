package com.segumento.ops;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far requests are as one HTML page that needs nothing else: what is open and until when, by
 * client. It states what the ledger says, and names nobody.
 */
public final class RequestPage {
  private RequestPage() {}

  /**
   * The page.
   *
   * @param requests what holds of each
   * @param today the day by which something is overdue
   */
  public static String html(List<RequestRecord> requests, LocalDate today) {
    ReportBody body = new ReportBody();
    body.requests(facts(requests, today), verdict(requests, today));
    body.open();
    Map<String, List<RequestRecord>> clients =
        requests.stream()
            .collect(
                Collectors.groupingBy(RequestRecord::client, TreeMap::new, Collectors.toList()));
    if (!clients.isEmpty()) {
      body.timings(chart(requests));
    }
    clients.forEach((client, own) -> body.requests(client, table(own, today)));
    body.close();
    return ReportPage.of("Requests on " + today, body);
  }

  /** Whether the time of a request that is not done is over. */
  static boolean overdue(RequestRecord request, LocalDate today) {
    return !request.step().last()
        && request.about().filter(about -> today.isAfter(about.deadline())).isPresent();
  }

  private static RunReport.Verdict verdict(List<RequestRecord> requests, LocalDate today) {
    long overdue = requests.stream().filter(request -> overdue(request, today)).count();
    long open = requests.stream().filter(request -> !request.step().last()).count();
    if (overdue > 0) {
      return new RunReport.Verdict("bad", overdue + " of " + open + " open requests are overdue.");
    }
    return open > 0
        ? new RunReport.Verdict("warn", open + " requests are open, and in time.")
        : new RunReport.Verdict("good", "Nothing is open.");
  }

  private static Map<String, String> facts(List<RequestRecord> requests, LocalDate today) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Day", today.toString());
    facts.put("Requests", Integer.toString(requests.size()));
    facts.put(
        "Next deadline",
        requests.stream()
            .filter(request -> !request.step().last())
            .flatMap(request -> request.about().stream())
            .map(RequestRecord.About::deadline)
            .min(LocalDate::compareTo)
            .map(LocalDate::toString)
            .orElse("–"));
    return facts;
  }

  private static Chart chart(List<RequestRecord> requests) {
    Map<String, Map<String, Double>> figures = new TreeMap<>();
    for (RequestRecord request : requests) {
      figures
          .computeIfAbsent(kind(request), none -> new TreeMap<>())
          .merge(word(request.step()), 1.0, Double::sum);
    }
    return Chart.parted(
        Chart.Kind.BARS, "Requests by kind", "How far they are.", "Kind", "requests", figures);
  }

  private static String table(List<RequestRecord> requests, LocalDate today) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
    for (String heading :
        List.of(
            "Request", "Kind", "Law", "Received", "Deadline", "Persons", "Step", "Since", "Why")) {
      html.append("<th>").append(heading).append("</th>");
    }
    html.append("</tr></thead><tbody>\n");
    for (RequestRecord request : requests) {
      String deadline = request.about().map(about -> "" + about.deadline()).orElse("–");
      html.append("<tr>");
      cell(html, "", request.id());
      cell(html, "", kind(request));
      cell(html, "", request.about().map(about -> about.law().name()).orElse("–"));
      cell(
          html,
          "",
          request
              .about()
              .map(about -> "" + about.received().atZone(ZoneOffset.UTC).toLocalDate())
              .orElse("–"));
      cell(html, overdue(request, today) ? "status bad" : "", deadline);
      cell(html, "n", request.about().map(about -> "" + about.persons()).orElse("–"));
      cell(html, "status " + tone(request, today), word(request.step()));
      cell(html, "", request.time().toString().replaceFirst("\\.\\d+Z$", "Z"));
      cell(html, "", request.details().getOrDefault("reason", ""));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static void cell(StringBuilder html, String kind, String text) {
    html.append("<td");
    if (!kind.isEmpty()) {
      html.append(" class=\"").append(kind).append('"');
    }
    html.append('>').append(Html.text(text)).append("</td>");
  }

  private static String tone(RequestRecord request, LocalDate today) {
    return switch (request.step()) {
      case DONE -> "good";
      case REFUSED -> "bad";
      case RECEIVED, HELD, RUNNING, PROVED -> overdue(request, today) ? "bad" : "warn";
    };
  }

  private static String kind(RequestRecord request) {
    return request.about().map(about -> word(about.kind())).orElse("unknown");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
