package com.segumento.pipeline;

import com.segumento.config.Segments;
import com.segumento.lake.KeptRows;
import com.segumento.lake.Lake;
import com.segumento.lake.Sample;
import com.segumento.lake.Workspace;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.privacy.questions.AskedSet;
import com.segumento.privacy.questions.ExactCells;
import com.segumento.privacy.questions.Margins;
import com.segumento.privacy.questions.Nearby;
import com.segumento.privacy.questions.PersonSet;
import com.segumento.privacy.questions.PersonSets;
import com.segumento.privacy.questions.PublishedFigures;
import com.segumento.segment.Explanation;
import com.segumento.segment.Funnel;
import com.segumento.segment.SegmentDefinitions;
import com.segumento.segment.SegmentStage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The sets of persons a question is about, by step: computed by the stage itself, all in its one
 * pass, into tables aside of those of the nights.
 *
 * @param sample of the persons that were looked at
 * @param funnels by the segment asked for
 * @param hashes of the definitions of steps: the same for the same step of whatever question
 * @param sets by step, and of parts; those of nobody are not in it
 * @param night the client's own segments of the date that are like one of the sets: the run's
 *     report states their sizes
 * @param parts of the segments asked for
 * @param costs what figures of them count as
 * @param explanation empty where none was wanted
 */
record StepSets(
    Sample sample,
    Map<String, Funnel> funnels,
    Map<String, String> hashes,
    Map<String, AskedSet> sets,
    Map<String, PersonSet> night,
    PartSets parts,
    FigureCosts costs,
    Explanation explanation) {
  /**
   * Figures by labels count as so many at most: a person has one label, so that of all of them no
   * more is learned of it than of four sets that it may be in.
   */
  static final int LABELS_COUNT_AS = 4;

  /**
   * Computes the sets.
   *
   * @param read the definitions that are needed for it
   * @param folder in the client's staging, for the tables
   * @param previewed persons a preview looks at, at most
   */
  static StepSets compute(
      Workspace real, Question question, Segments read, String folder, long previewed) {
    Map<String, Funnel> funnels = funnels(real.spark(), read, question.segments());
    List<Segments.Segment> all = new ArrayList<>(read.segments());
    funnels.values().forEach(funnel -> all.addAll(funnel.added()));
    ClientTables own = new ClientTables(real);
    Sample sample =
        question.preview() && Sampling.suits(read)
            ? Sample.ofAtMost(previewed, own.persons())
            : Sample.ALL;
    Lake lake = real.lake().sampled(sample);
    Segments steps = new Segments(read.traits(), all, read.waterfalls());
    Workspace aside = own.with(lake.aside(folder), steps);
    new SegmentStage().run(aside);
    Workspace nightly = own.with(lake, read);
    Map<String, AskedSet> sets = sets(members(aside, nightly, question, funnels), nightly);
    Explanation explanation =
        question.explained()
            ? Explanation.of(own.with(lake.aside(folder), read))
            : new Explanation(Map.of(), List.of());
    List<PersonSet> told = sets.values().stream().map(AskedSet::persons).toList();
    return new StepSets(
        sample,
        funnels,
        SegmentDefinitions.resolve(real.spark(), question.client(), steps).hashes(),
        sets,
        night(nightly, told),
        PartSets.of(sets, question, k(real)),
        costs(question, funnels),
        explanation);
  }

  /** The members of all sets that are told of: one row per set and person. */
  private static Dataset<Row> members(
      Workspace aside, Workspace night, Question question, Map<String, Funnel> funnels) {
    Object[] steps = funnels.values().stream().flatMap(f -> f.steps().keySet().stream()).toArray();
    Dataset<Row> members =
        new ClientTables(aside)
            .memberships()
            .filter(Memberships.SEGMENT_ID.col().isin(steps))
            .select(Memberships.SEGMENT_ID.col(), Persons.PERSON_KEY.col());
    return PartSets.members(aside, night, question).reduce(members, Dataset::unionByName);
  }

  private static Map<String, AskedSet> sets(Dataset<Row> members, Workspace night) {
    int k = k(night);
    try (KeptRows kept = KeptRows.of(members)) {
      Map<String, PersonSet> persons = PersonSets.of(kept.rows(), k);
      night.progress().begin(night.clientId() + ": figures that are published");
      Map<String, Set<Nearby>> published =
          new ClientTables(night)
              .releaseMemory()
              .map(memory -> new PublishedFigures(known(memory, night), k).near(kept.rows()))
              .orElse(Map.of());
      night.progress().end("compared");
      Map<String, AskedSet> sets = new LinkedHashMap<>();
      persons.forEach(
          (name, set) -> sets.put(name, new AskedSet(set, published.getOrDefault(name, Set.of()))));
      return sets;
    }
  }

  private static Dataset<Row> known(Dataset<Row> memory, Workspace night) {
    return new ClientTables(night)
        .noiseDraws()
        .map(draws -> ExactCells.of(memory, draws, night.client().exports()))
        .orElse(memory);
  }

  /** All sets: of the steps in their order, and of parts. */
  List<PersonSet> all(int k) {
    return Stream.concat(
            funnels.values().stream()
                .flatMap(funnel -> funnel.steps().keySet().stream())
                .map(step -> set(step, k)),
            parts.all())
        .map(AskedSet::persons)
        .toList();
  }

  AskedSet set(String step, int k) {
    AskedSet set = sets.get(step);
    return set == null ? AskedSet.empty(k) : set;
  }

  private static Map<String, PersonSet> night(Workspace night, Collection<PersonSet> sets) {
    ClientTables tables = new ClientTables(night);
    night.progress().begin(night.clientId() + ": sizes that are known");
    Map<String, PersonSet> near =
        tables.hasMemberships()
            ? PersonSets.near(tables.memberships(), sets, k(night), Margins.reach(k(night)))
            : Map.of();
    night.progress().end("read");
    return near;
  }

  /**
   * How many figures are told in answer to a question, as they are counted; fewer count where some
   * were told before. A function of the words of the question alone.
   */
  static long figures(SparkSession spark, Question question, Segments read) {
    Map<String, Funnel> funnels = funnels(spark, read, question.segments());
    FigureCosts costs = costs(question, funnels);
    List<String> own = question.overlap() ? PartSets.own(question) : List.of();
    long labels = question.by().isPresent() ? LABELS_COUNT_AS : 0;
    long figures = 0;
    for (Map.Entry<String, Funnel> funnel : funnels.entrySet()) {
      String segment = funnel.getKey();
      figures += costs.sum(funnel.getValue().steps().keySet());
      figures += labels * costs.of(segment);
      figures += own.stream().mapToLong(other -> costs.of(segment, other)).sum();
    }
    return figures;
  }

  private static FigureCosts costs(Question question, Map<String, Funnel> funnels) {
    return FigureCosts.of(
        question, funnels.values().stream().flatMap(funnel -> funnel.added().stream()));
  }

  private static Map<String, Funnel> funnels(SparkSession spark, Segments read, List<String> ids) {
    String prefix = "step";
    while (taken(read, prefix)) {
      prefix += "_";
    }
    Map<String, Funnel> funnels = new LinkedHashMap<>();
    for (String id : ids) {
      String own = prefix + "_" + funnels.size() + "_";
      funnels.put(id, Funnel.of(spark, read, id, own));
    }
    return funnels;
  }

  private static boolean taken(Segments read, String prefix) {
    return read.segments().stream().anyMatch(segment -> segment.id().startsWith(prefix));
  }

  private static int k(Workspace workspace) {
    return workspace.platform().privacy().defaultK();
  }
}
