package com.segumento.segment;

import com.segumento.model.Persons;
import com.segumento.ops.StageReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Has the surveys of all rules made. A survey that reads members of segments with a survey of their
 * own comes after these, so segments lie in strata: a segment is one above the highest it reads
 * where it has a survey, and as high where it has none.
 *
 * @param segments each after those it reads
 */
record Strata(List<SegmentDefinition> segments) {
  Strata {
    segments = List.copyOf(segments);
  }

  /**
   * The persons, one row each, with the columns of every survey.
   *
   * @param k about fewer persons nothing is learned or told
   * @param report is told what the surveys have to say
   */
  Dataset<Row> surveyed(Dataset<Row> persons, int k, StageReport.Builder report) {
    Map<String, Integer> heights = heights();
    Dataset<Row> surveyed = persons;
    int highest = heights.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int height = 1; height <= highest; height++) {
      int stratum = height;
      List<Survey> surveys =
          segments.stream()
              .filter(segment -> heights.get(segment.id()) == stratum)
              .flatMap(segment -> segment.rule().survey().stream())
              .toList();
      surveyed = make(new SurveyPersons(surveys, k, report), surveys, surveyed);
    }
    return surveyed;
  }

  // What surveys read is held, and let go: they look at it several times.
  private Dataset<Row> make(SurveyPersons all, List<Survey> surveys, Dataset<Row> persons) {
    Set<String> wanted = new LinkedHashSet<>();
    Set<String> read = new LinkedHashSet<>();
    surveys.forEach(survey -> wanted.addAll(survey.segments()));
    surveys.forEach(survey -> read.addAll(survey.columns()));
    Dataset<Row> rows =
        wanted.isEmpty()
            ? persons
            : persons.transform(new MarkSegments(needed(wanted), wanted)::apply);
    List<Column> columns = new ArrayList<>(List.of(Persons.PERSON_KEY.col()));
    read.forEach(name -> columns.add(Figures.column(name)));
    wanted.forEach(id -> columns.add(MarkSegments.in(id).col()));
    Dataset<Row> looked =
        rows.select(columns.toArray(Column[]::new)).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return rows.withColumns(all.of(looked))
          .drop(wanted.stream().map(id -> MarkSegments.in(id).name()).toArray(String[]::new));
    } finally {
      looked.unpersist(true);
    }
  }

  private Map<String, Integer> heights() {
    Map<String, Integer> heights = new HashMap<>();
    for (SegmentDefinition segment : segments) {
      int below = segment.reads().stream().mapToInt(heights::get).max().orElse(0);
      heights.put(segment.id(), segment.rule().survey().isPresent() ? below + 1 : below);
    }
    return heights;
  }

  /** The segments of these ids and all they read, in order. */
  private List<SegmentDefinition> needed(Collection<String> ids) {
    Set<String> needed = new HashSet<>(ids);
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (needed.contains(segments.get(i).id())) {
        needed.addAll(segments.get(i).reads());
      }
    }
    return segments.stream().filter(segment -> needed.contains(segment.id())).toList();
  }
}
