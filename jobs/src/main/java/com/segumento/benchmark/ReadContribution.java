package com.segumento.benchmark;

import com.segumento.benchmark.Contribution.Subject;
import com.segumento.model.Demographics;
import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Places;
import com.segumento.model.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * One aggregation over a client's profiles, to a row a combination of country, state and tier. Only
 * what every client's profiles have is read, all of it made of reference data: a client's own
 * columns don't mean the same at another.
 */
final class ReadContribution {
  private static final List<Field> LABELS = List.of(Places.COUNTRY, Places.STATE, Places.TIER);
  private static final List<Field> NUMBERS =
      List.of(
          Demographics.URBAN_SHARE,
          Demographics.LITERACY_RATE,
          Demographics.GRADUATE_SHARE,
          Demographics.INTERNET_SHARE,
          Demographics.UNDER_30_SHARE,
          Demographics.AFFLUENT_SHARE);
  private static final String PERSONS = "persons";

  private ReadContribution() {}

  /** All subjects, in the order they are published. */
  static List<Subject> subjects() {
    return Stream.concat(
            LABELS.stream().map(label -> Subject.share(Profiles.PLACE, label)),
            NUMBERS.stream().map(number -> Subject.mean(Profiles.DEMOGRAPHICS, number)))
        .toList();
  }

  /**
   * What a client brings.
   *
   * @param profiles one row a person
   */
  static Contribution of(String client, Dataset<Row> profiles) {
    Contribution.Builder builder = new Contribution.Builder();
    for (Row row : aggregated(profiles).collectAsList()) {
      for (int i = 0; i < LABELS.size(); i++) {
        builder.label(
            Subject.share(Profiles.PLACE, LABELS.get(i)),
            row.getString(i),
            row.<Long>getAs(PERSONS));
      }
      for (Field number : NUMBERS) {
        long known = row.getAs(known(number));
        if (known > 0) {
          builder.number(
              Subject.mean(Profiles.DEMOGRAPHICS, number), known, row.getAs(number.name()));
        }
      }
    }
    return builder.build(client);
  }

  private static Dataset<Row> aggregated(Dataset<Row> profiles) {
    Column[] labels =
        LABELS.stream()
            .map(label -> label.in(Profiles.PLACE).as(label.name()))
            .toArray(Column[]::new);
    List<Column> figures = new ArrayList<>();
    for (Field number : NUMBERS) {
      Column value = number.in(Profiles.DEMOGRAPHICS);
      figures.add(functions.count(value).as(known(number)));
      figures.add(functions.sum(value).as(number.name()));
    }
    return profiles
        .groupBy(labels)
        .agg(
            functions.count_distinct(Persons.PERSON_KEY.col()).as(PERSONS),
            figures.toArray(Column[]::new));
  }

  private static String known(Field number) {
    return number.name() + "_known";
  }
}
