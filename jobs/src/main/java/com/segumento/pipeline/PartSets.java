package com.segumento.pipeline;

import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.privacy.engine.DimensionLabels;
import com.segumento.privacy.questions.PersonSet;
import com.segumento.privacy.questions.PersonSets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Parts of the segments that are asked for: by the labels of a dimension, and what they have in
 * common with the client's own segments of the night.
 *
 * @param byLabel by segment and label
 * @param shared by segment and the client's segment; those that share nobody are not in it
 */
record PartSets(
    Map<String, Map<String, PersonSet>> byLabel, Map<String, Map<String, PersonSet>> shared) {
  private static final int MOST_LABELS = 200;
  private static final String BETWEEN = "\u0000";
  private static final Field KEY = Field.required("#key", DataTypes.BinaryType);
  private static final Field OWN = Field.required("#own", DataTypes.StringType);

  /**
   * Computes the parts.
   *
   * @param aside where the segments that are asked for were computed
   * @param night tables of the night, of the same persons
   */
  static PartSets compute(Workspace aside, Workspace night, Question question) {
    int k = aside.platform().privacy().defaultK();
    Dataset<Row> asked =
        new ClientTables(aside)
            .memberships()
            .filter(Memberships.SEGMENT_ID.col().isin(question.segments().toArray()))
            .select(Memberships.SEGMENT_ID.col(), Persons.PERSON_KEY.col());
    return new PartSets(
        question.by().map(by -> byLabel(asked, night, by, k)).orElse(Map.of()),
        question.overlap() ? shared(asked, night, question.segments(), k) : Map.of());
  }

  Stream<PersonSet> all() {
    return Stream.of(byLabel, shared)
        .flatMap(parts -> parts.values().stream())
        .flatMap(ofSegment -> ofSegment.values().stream());
  }

  private static Map<String, Map<String, PersonSet>> byLabel(
      Dataset<Row> asked, Workspace night, DimensionLabels by, int k) {
    Dataset<Row> labels = by.of(night, new ClientTables(night).profiles());
    if (labels.select(DimensionLabels.LABEL.col()).distinct().limit(MOST_LABELS + 1).count()
        > MOST_LABELS) {
      throw new ConfigException(
          "There are more than %d values of %s. Ask at a coarser level, as in --by %s=%d."
              .formatted(MOST_LABELS, by.dimension(), by.dimension(), by.level().orElse(0) + 1));
    }
    // n:1, a person has one label
    return sets(asked.join(labels, Persons.PERSON_KEY.name()), DimensionLabels.LABEL, k);
  }

  private static Map<String, Map<String, PersonSet>> shared(
      Dataset<Row> asked, Workspace night, List<String> ids, int k) {
    ClientTables tables = new ClientTables(night);
    if (!tables.hasMemberships()) {
      throw new ConfigException(
          "Segments of client %s were not computed for %s, so nothing overlaps with them. Run"
                  .formatted(night.clientId(), night.date())
              + " segment for that date first.");
    }
    Dataset<Row> own =
        tables
            .memberships()
            .filter(functions.not(Memberships.SEGMENT_ID.col().isin(ids.toArray())))
            .select(KEY.as(Persons.PERSON_KEY.col()), OWN.as(Memberships.SEGMENT_ID.col()));
    // n:m, a person is in several segments on both sides
    return sets(asked.join(own, KEY.col().equalTo(Persons.PERSON_KEY.col())), OWN, k);
  }

  private static Map<String, Map<String, PersonSet>> sets(Dataset<Row> rows, Field part, int k) {
    Dataset<Row> parts =
        rows.select(
            Memberships.SEGMENT_ID.as(
                functions.concat(Memberships.SEGMENT_ID.col(), functions.lit(BETWEEN), part.col())),
            Persons.PERSON_KEY.col());
    Map<String, Map<String, PersonSet>> sets = new TreeMap<>();
    PersonSets.of(parts, k)
        .forEach(
            (name, set) -> {
              String[] both = name.split(BETWEEN, 2);
              sets.computeIfAbsent(both[0], any -> new TreeMap<>()).put(both[1], set);
            });
    return sets;
  }
}
