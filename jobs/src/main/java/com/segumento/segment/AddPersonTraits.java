package com.segumento.segment;

import com.segumento.ops.StageReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Adds traits of persons to one row per person, as many at a time as don't read each other.
 *
 * @param traits each after those it reads
 * @param k about fewer persons nothing is learned or told
 * @param report is told what surveys have to say
 */
record AddPersonTraits(List<PersonTrait> traits, int k, StageReport.Builder report) {
  AddPersonTraits {
    traits = List.copyOf(traits);
  }

  /**
   * The persons with the traits.
   *
   * @param persons at hand for several looks where there are surveys
   */
  Dataset<Row> to(Dataset<Row> persons) {
    Dataset<Row> rows = persons;
    List<PersonTrait> together = new ArrayList<>();
    for (PersonTrait trait : traits) {
      if (together.stream().anyMatch(other -> trait.columns().contains(other.name()))) {
        rows = made(rows, together);
        together.clear();
      }
      together.add(trait);
    }
    return made(rows, together);
  }

  private Dataset<Row> made(Dataset<Row> rows, Collection<PersonTrait> together) {
    Map<String, Column> columns = new LinkedHashMap<>();
    List<SurveyTrait> surveys = new ArrayList<>();
    for (PersonTrait trait : together) {
      if (trait instanceof SurveyTrait survey) {
        surveys.add(survey);
      } else if (trait instanceof FormulaTrait formula) {
        columns.put(formula.name(), formula.value());
      }
    }
    columns.putAll(new SurveyPersons(surveys, k, report).of(rows));
    return columns.isEmpty() ? rows : rows.withColumns(columns);
  }
}
