package com.segumento.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * At what levels exports were released, how those were come by and what they lose. Made of the
 * breakdowns {@code level_names} (export, kind, attribute and level, parted by {@code ": "}),
 * {@code levels_by_export} and {@code information_loss_by_export}.
 */
final class LevelTable {
  private static final String PART = ": ";
  private static final int PARTS = 4;
  private static final String CHANGED = "no longer as in the last release";
  private static final String LEAST = PART + "least there could be";

  private LevelTable() {}

  /** Writes the table; nothing where no stage reported levels. */
  static void of(StringBuilder html, List<RunRecord> stages) {
    Map<String, Double> names = figures(stages, "level_names");
    if (names.isEmpty()) {
      return;
    }
    Map<String, String> how = how(figures(stages, "levels_by_export"));
    Map<String, Double> loss = figures(stages, "information_loss_by_export");
    html.append("<h3>Levels by export</h3><div class=\"scroll\"><table><thead><tr>");
    html.append("<th>Export</th><th>Kind</th><th>Attribute</th><th>Level</th><th>How</th>");
    html.append("<th class=\"n\">Loss</th></tr></thead><tbody>\n");
    for (String name : names.keySet()) {
      String[] parts = name.split(PART, PARTS);
      if (parts.length == PARTS) {
        html.append("<tr>");
        for (String part : parts) {
          cell(html, part);
        }
        cell(html, how.getOrDefault(parts[0], ""));
        html.append("<td class=\"n\">").append(loss(loss, parts[0])).append("</td></tr>\n");
      }
    }
    html.append("</tbody></table></div>\n");
  }

  private static void cell(StringBuilder html, String text) {
    html.append("<td>").append(Html.text(text)).append("</td>");
  }

  private static String loss(Map<String, Double> losses, String export) {
    String loss = Html.figure(losses.get(export));
    Double least = losses.get(export + LEAST);
    return least == null ? loss : loss + " (at least " + Html.figure(least) + ")";
  }

  private static Map<String, String> how(Map<String, Double> figures) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    for (String label : figures.keySet()) {
      int part = label.indexOf(PART);
      if (part > 0) {
        String word = label.substring(part + PART.length());
        words
            .computeIfAbsent(label.substring(0, part), export -> new ArrayList<>())
            .add(word.equals(CHANGED) ? "changed" : word);
      }
    }
    Map<String, String> how = new LinkedHashMap<>();
    words.forEach((export, all) -> how.put(export, String.join(", ", all)));
    return how;
  }

  private static Map<String, Double> figures(List<RunRecord> stages, String name) {
    Map<String, Double> figures = new LinkedHashMap<>();
    stages.forEach(
        stage -> figures.putAll(stage.report().breakdowns().getOrDefault(name, Map.of())));
    return figures;
  }
}
