package com.segumento.pipeline;

import com.segumento.config.Segments;
import com.segumento.lake.Lake;
import com.segumento.lake.Sample;
import com.segumento.lake.Workspace;
import com.segumento.privacy.questions.PersonSet;
import com.segumento.privacy.questions.PersonSets;
import com.segumento.segment.Explanation;
import com.segumento.segment.Funnel;
import com.segumento.segment.SegmentStage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sets of persons a question is about, by step: computed by the stage itself, all in its one
 * pass, into tables aside of those of the nights.
 *
 * @param sample of the persons that were looked at
 * @param funnels by the segment asked for
 * @param sets by step; a step that keeps nobody is not in it
 * @param night the client's own segments of the date that are like one of the sets: the run's
 *     report states their sizes
 * @param parts of the segments asked for
 * @param explanation empty where none was wanted
 */
record StepSets(
    Sample sample,
    Map<String, Funnel> funnels,
    Map<String, PersonSet> sets,
    Map<String, PersonSet> night,
    PartSets parts,
    Explanation explanation) {

  /**
   * Computes the sets.
   *
   * @param read the definitions that are needed for it
   * @param folder in the client's staging, for the tables
   * @param previewed persons a preview looks at, at most
   */
  static StepSets compute(
      Workspace real, Question question, Segments read, String folder, long previewed) {
    Map<String, Funnel> funnels = funnels(real, read, question.segments());
    List<Segments.Segment> all = new ArrayList<>(read.segments());
    funnels.values().forEach(funnel -> all.addAll(funnel.added()));
    ClientTables own = new ClientTables(real);
    Sample sample =
        question.preview() && Sampling.suits(read)
            ? Sample.ofAtMost(previewed, own.persons())
            : Sample.ALL;
    Lake lake = real.lake().sampled(sample);
    Workspace aside =
        own.with(lake.aside(folder), new Segments(read.traits(), all, read.waterfalls()));
    new SegmentStage().run(aside);
    Map<String, PersonSet> sets = PersonSets.of(new ClientTables(aside).memberships(), k(real));
    Explanation explanation =
        question.explained()
            ? Explanation.of(own.with(lake.aside(folder), read))
            : new Explanation(Map.of(), List.of());
    Workspace nightly = own.with(lake, read);
    PartSets parts = PartSets.compute(aside, nightly, question);
    List<PersonSet> told = new ArrayList<>(sets.values());
    parts.all().forEach(told::add);
    return new StepSets(sample, funnels, sets, night(nightly, told), parts, explanation);
  }

  /** All sets: of the steps in their order, and of parts. */
  List<PersonSet> all(int k) {
    return Stream.concat(
            funnels.values().stream()
                .flatMap(funnel -> funnel.steps().keySet().stream())
                .map(step -> set(step, k)),
            parts.all())
        .toList();
  }

  PersonSet set(String step, int k) {
    PersonSet set = sets.get(step);
    return set == null ? PersonSets.empty(k) : set;
  }

  private static Map<String, PersonSet> night(Workspace night, Collection<PersonSet> sets) {
    ClientTables tables = new ClientTables(night);
    night.progress().begin(night.clientId() + ": sizes that are known");
    Map<String, PersonSet> near =
        tables.hasMemberships() ? PersonSets.near(tables.memberships(), sets, k(night)) : Map.of();
    night.progress().end("read");
    return near;
  }

  private static Map<String, Funnel> funnels(Workspace real, Segments read, List<String> ids) {
    String prefix = "step";
    while (taken(read, prefix)) {
      prefix += "_";
    }
    Map<String, Funnel> funnels = new LinkedHashMap<>();
    for (String id : ids) {
      String own = prefix + "_" + funnels.size() + "_";
      funnels.put(id, Funnel.of(real.spark(), read, id, own));
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
