package com.segumento.export;

import static java.util.stream.Collectors.toMap;

import com.segumento.ops.StageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What releases in CSV say, below the names of their columns. */
final class ReleasedRows {
  private ReleasedRows() {}

  /** By export, of all a stage has published. */
  static Map<String, List<String>> of(StageReport report) {
    return report.outputs().entrySet().stream()
        .collect(toMap(Map.Entry::getKey, output -> of(output.getValue())));
  }

  /** Of an export a stage has published. */
  static List<String> of(StageReport report, String export) {
    return of(report.outputs().get(export));
  }

  private static List<String> of(String release) {
    try {
      return Files.readAllLines(Path.of(URI.create(release)).resolve("part-00000.csv")).stream()
          .skip(1)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
