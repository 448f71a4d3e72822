package com.segumento.privacy.lattice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@code ;}-separated table with hierarchies beside it, compressed to groups. */
record ArxTable(Path directory, String name) {

  Hierarchy hierarchy(String attribute) {
    return Hierarchy.of(
        attribute,
        lines(directory.resolve(name + "_hierarchy_" + attribute + ".csv")).stream()
            .map(line -> List.of(line.split(";", -1)))
            .toList());
  }

  List<Hierarchy> hierarchies(List<String> attributes) {
    return attributes.stream().map(this::hierarchy).toList();
  }

  List<String> columns() {
    return List.of(lines(directory.resolve(name + ".csv")).get(0).split(";", -1));
  }

  /** The groups of the table by {@code quasi}, with the values of {@code sensitive}. */
  Groups groups(List<Hierarchy> quasi, List<Hierarchy> sensitive) {
    List<String> lines = lines(directory.resolve(name + ".csv"));
    List<String> header = List.of(lines.get(0).split(";", -1));
    Map<List<Integer>, List<Map<Integer, Long>>> table = new LinkedHashMap<>();
    Map<List<Integer>, Long> rows = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(";", -1);
      List<Integer> key = codes(quasi, header, values);
      rows.merge(key, 1L, Long::sum);
      List<Map<Integer, Long>> counts =
          table.computeIfAbsent(
              key,
              k -> {
                List<Map<Integer, Long>> empty = new ArrayList<>();
                sensitive.forEach(s -> empty.add(new TreeMap<>()));
                return empty;
              });
      List<Integer> found = codes(sensitive, header, values);
      for (int s = 0; s < found.size(); s++) {
        counts.get(s).merge(found.get(s), 1L, Long::sum);
      }
    }
    return packed(quasi.size(), sensitive, table, rows);
  }

  private static List<Integer> codes(
      List<Hierarchy> hierarchies, List<String> header, String[] values) {
    return hierarchies.stream()
        .map(h -> h.code(values[header.indexOf(h.attribute())]).orElseThrow())
        .toList();
  }

  private static Groups packed(
      int dimensions,
      List<Hierarchy> sensitive,
      Map<List<Integer>, List<Map<Integer, Long>>> table,
      Map<List<Integer>, Long> rows) {
    int[][] codes = new int[dimensions][table.size()];
    long[] counts = new long[table.size()];
    int group = 0;
    for (List<Integer> key : table.keySet()) {
      for (int d = 0; d < dimensions; d++) {
        codes[d][group] = key.get(d);
      }
      counts[group++] = rows.get(key);
    }
    List<Groups.SensitiveCounts> all = new ArrayList<>();
    for (int s = 0; s < sensitive.size(); s++) {
      int attribute = s;
      all.add(
          runs(
              sensitive.get(s), table.values().stream().map(maps -> maps.get(attribute)).toList()));
    }
    return new Groups(codes, counts, all, null);
  }

  private static Groups.SensitiveCounts runs(Hierarchy hierarchy, List<Map<Integer, Long>> maps) {
    int[] offsets = new int[maps.size() + 1];
    for (int g = 0; g < maps.size(); g++) {
      offsets[g + 1] = offsets[g] + maps.get(g).size();
    }
    int[] values = new int[offsets[maps.size()]];
    long[] counts = new long[values.length];
    int at = 0;
    for (Map<Integer, Long> map : maps) {
      for (Map.Entry<Integer, Long> entry : map.entrySet()) {
        values[at] = entry.getKey();
        counts[at++] = entry.getValue();
      }
    }
    return new Groups.SensitiveCounts(hierarchy, offsets, values, counts);
  }

  private static List<String> lines(Path file) {
    try {
      return Arrays.asList(
          Files.readString(file, StandardCharsets.UTF_8).strip().split("\r?\n", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
