package com.segumento.segment;

import com.segumento.ops.StageReport;
import com.segumento.segment.order.CutPoints;
import com.segumento.segment.order.Cutting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Has several surveys made of the same persons: all their places in orders are found at once.
 *
 * @param k about fewer persons nothing is learned or told
 * @param report is told what the surveys have to say
 */
record SurveyPersons(List<? extends Surveying> surveys, int k, StageReport.Builder report) {
  SurveyPersons {
    surveys = List.copyOf(surveys);
  }

  /**
   * The columns of the surveys by name, over the columns of a person.
   *
   * @param persons at hand for several looks
   */
  Map<String, Column> of(Dataset<Row> persons) {
    List<Surveying.Surveyed> made =
        surveys.stream().map(survey -> survey.survey(persons, k)).toList();
    List<Cutting> cuttings = made.stream().flatMap(survey -> survey.cuttings().stream()).toList();
    List<Column> answers = new ArrayList<>(CutPoints.find(persons, cuttings));
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int i = 0; i < made.size(); i++) {
      List<Column> own = answers.subList(0, made.get(i).cuttings().size());
      columns.put(surveys.get(i).column().name(), made.get(i).value().apply(List.copyOf(own)));
      own.clear();
      made.get(i).told().accept(report);
    }
    return columns;
  }
}
