package com.segumento.segment;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;

/**
 * The page on the segment language, taken apart.
 *
 * @param persons rows of its first table
 * @param events rows of its second table
 * @param visits rows of the table that begins with a visitor
 * @param places rows of the table that begins with a postal code
 * @param sections the lines under {@code traits}, {@code segments} and {@code waterfalls} of all
 *     examples
 * @param members by segment, who is expected in it
 * @param values by trait and person, the value that is expected
 */
record LanguagePage(
    List<Map<String, String>> persons,
    List<Map<String, String>> events,
    List<Map<String, String>> visits,
    List<Map<String, String>> places,
    Map<String, List<String>> sections,
    Map<String, List<String>> members,
    Map<String, Map<String, String>> values) {
  private static final Pattern TABLE = Pattern.compile("(?m)(^\\|.*\\|\n)+");
  private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern SECTION = Pattern.compile("([a-z]+):");
  private static final Pattern SEGMENT = Pattern.compile("  - \\{id: ([a-z0-9_]+),.*}\\s+# (.+)");
  private static final Pattern TRAIT = Pattern.compile("  ([a-z0-9_]+): \\{.*}\\s+# (.+)");
  private static final String NOBODY = "nobody";
  private static final String OTHERS = "others";

  static LanguagePage read(Path file) throws IOException {
    String text = Files.readString(file);
    List<List<Map<String, String>>> tables =
        TABLE.matcher(text).results().map(found -> table(found.group())).toList();
    LanguagePage page =
        new LanguagePage(
            tables.get(0),
            tables.get(1),
            beginningWith("visitor", tables),
            beginningWith("postal code", tables),
            new LinkedHashMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    BLOCK.matcher(text).results().forEach(found -> page.example(found.group(1)));
    return page;
  }

  /** All examples as one file. */
  String definitions() {
    StringBuilder yaml = new StringBuilder();
    sections.forEach(
        (name, lines) ->
            yaml.append(name).append(":\n").append(String.join("\n", lines)).append('\n'));
    return yaml.toString();
  }

  /** A value as the page writes it: of an RFM its group. */
  static String plain(Object value) {
    if (value instanceof Row rfm) {
      return rfm.getAs("group");
    }
    return value instanceof Number number
        ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }

  private void example(String yaml) {
    String section = "";
    for (String line : yaml.split("\n", -1)) {
      Matcher heading = SECTION.matcher(line);
      if (heading.matches()) {
        section = heading.group(1);
        continue;
      }
      sections.computeIfAbsent(section, any -> new ArrayList<>()).add(line);
      Matcher segment = SEGMENT.matcher(line);
      Matcher trait = TRAIT.matcher(line);
      if (segment.matches()) {
        members.put(segment.group(1), expected(segment.group(2)));
      } else if (section.equals("traits") && trait.matches()) {
        values.put(trait.group(1), perPerson(trait.group(2)));
      }
    }
  }

  private static List<String> expected(String text) {
    return text.strip().equals(NOBODY)
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).sorted().toList();
  }

  private Map<String, String> perPerson(String text) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String entry : text.split(",", -1)) {
      String[] words = entry.strip().split(" ", 2);
      given.put(words[0], words[1]);
    }
    Map<String, String> all = new TreeMap<>();
    for (Map<String, String> person : persons) {
      String name = person.get("person");
      String value = given.getOrDefault(name, given.get(OTHERS));
      all.put(name, String.valueOf(value));
    }
    return all;
  }

  private static List<Map<String, String>> beginningWith(
      String column, List<List<Map<String, String>>> tables) {
    return tables.stream()
        .filter(table -> table.get(0).keySet().iterator().next().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<String, String>> table(String text) {
    List<List<String>> lines =
        text.lines()
            .map(line -> line.substring(1, line.length() - 1).split("\\|"))
            .map(cells -> Arrays.stream(cells).map(String::strip).toList())
            .toList();
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> cells : lines.subList(2, lines.size())) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(lines.get(0).get(i), cells.get(i).equals("–") ? null : cells.get(i));
      }
      rows.add(row);
    }
    return rows;
  }
}
