package com.segumento.pipeline;

import com.segumento.config.Segments;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.privacy.engine.DimensionLabels;
import com.segumento.privacy.questions.AskedSet;
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
 * @param byLabel by each segment asked for and label, where a dimension is asked for
 * @param shared by segment and each of the client's own, also those that share nobody: which of
 *     them are there would tell of single persons
 */
record PartSets(
    Map<String, Map<String, AskedSet>> byLabel, Map<String, Map<String, AskedSet>> shared) {
  private static final int MOST_LABELS = 200;
  private static final String BETWEEN = "\u0000";
  private static final String BY = BETWEEN + "by" + BETWEEN;
  private static final String SHARED = BETWEEN + "shared" + BETWEEN;
  private static final Field KEY = Field.required("#key", DataTypes.BinaryType);
  private static final Field OWN = Field.required("#own", DataTypes.StringType);

  /**
   * The members of the parts, one row per part and person, as of memberships; nothing where no
   * parts are wanted.
   *
   * @param aside where the segments that are asked for were computed
   * @param night tables of the night, of the same persons
   */
  static Stream<Dataset<Row>> members(Workspace aside, Workspace night, Question question) {
    Dataset<Row> asked =
        new ClientTables(aside)
            .memberships()
            .filter(Memberships.SEGMENT_ID.col().isin(question.segments().toArray()))
            .select(Memberships.SEGMENT_ID.col(), Persons.PERSON_KEY.col());
    return Stream.concat(
        question.by().stream().map(by -> byLabel(asked, night, by)),
        question.overlap() ? Stream.of(shared(asked, night, own(question))) : Stream.empty());
  }

  /** The parts among the sets of {@link #members}. */
  static PartSets of(Map<String, AskedSet> sets, Question question, int k) {
    Map<String, Map<String, AskedSet>> byLabel = parts(sets, BY);
    Map<String, Map<String, AskedSet>> shared = parts(sets, SHARED);
    for (String segment : question.segments()) {
      question.by().ifPresent(by -> byLabel.putIfAbsent(segment, Map.of()));
      if (question.overlap()) {
        Map<String, AskedSet> ofSegment = shared.computeIfAbsent(segment, any -> new TreeMap<>());
        own(question).forEach(id -> ofSegment.putIfAbsent(id, AskedSet.empty(k)));
      }
    }
    return new PartSets(byLabel, shared);
  }

  /** The client's own segments that those asked for are compared with. */
  static List<String> own(Question question) {
    return question.definitions().segments().stream()
        .map(Segments.Segment::id)
        .filter(id -> !question.segments().contains(id))
        .toList();
  }

  Stream<AskedSet> all() {
    return Stream.of(byLabel, shared)
        .flatMap(parts -> parts.values().stream())
        .flatMap(ofSegment -> ofSegment.values().stream());
  }

  private static Dataset<Row> byLabel(Dataset<Row> asked, Workspace night, DimensionLabels by) {
    Dataset<Row> labels = by.of(night, new ClientTables(night).profiles());
    if (labels.select(DimensionLabels.LABEL.col()).distinct().limit(MOST_LABELS + 1).count()
        > MOST_LABELS) {
      throw new ConfigException(
          "There are more than %d values of %s. Ask at a coarser level, as in --by %s=%d."
              .formatted(MOST_LABELS, by.dimension(), by.dimension(), by.level().orElse(0) + 1));
    }
    // n:1, a person has one label
    return named(asked.join(labels, Persons.PERSON_KEY.name()), BY, DimensionLabels.LABEL);
  }

  private static Dataset<Row> shared(Dataset<Row> asked, Workspace night, List<String> ids) {
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
            .filter(Memberships.SEGMENT_ID.col().isin(ids.toArray()))
            .select(KEY.as(Persons.PERSON_KEY.col()), OWN.as(Memberships.SEGMENT_ID.col()));
    // n:m, a person is in several segments on both sides
    return named(asked.join(own, KEY.col().equalTo(Persons.PERSON_KEY.col())), SHARED, OWN);
  }

  private static Dataset<Row> named(Dataset<Row> rows, String kind, Field part) {
    return rows.select(
        Memberships.SEGMENT_ID.as(
            functions.concat(Memberships.SEGMENT_ID.col(), functions.lit(kind), part.col())),
        Persons.PERSON_KEY.col());
  }

  private static Map<String, Map<String, AskedSet>> parts(Map<String, AskedSet> sets, String kind) {
    Map<String, Map<String, AskedSet>> parts = new TreeMap<>();
    sets.forEach(
        (name, set) -> {
          int at = name.indexOf(kind);
          if (at >= 0) {
            parts
                .computeIfAbsent(name.substring(0, at), any -> new TreeMap<>())
                .put(name.substring(at + kind.length()), set);
          }
        });
    return parts;
  }
}
