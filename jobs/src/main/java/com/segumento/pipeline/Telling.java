package com.segumento.pipeline;

import com.segumento.lake.Sample;
import com.segumento.model.Sha256;
import com.segumento.pipeline.Answer.Part;
import com.segumento.pipeline.Answer.Step;
import com.segumento.privacy.engine.DimensionLabels;
import com.segumento.privacy.questions.AskedSet;
import com.segumento.privacy.questions.TellingGuard;
import com.segumento.privacy.questions.TellingGuard.Remembered;
import com.segumento.privacy.questions.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of the sets of a question, one after another, and notes what it told. */
final class Telling {
  private final TellingGuard guard;
  private final Question question;
  private final int k;
  private final List<Remembered> entries = new ArrayList<>();

  /**
   * After what was told before.
   *
   * @param guard that knows what was told before
   */
  Telling(TellingGuard guard, Question question, int k) {
    this.guard = guard;
    this.question = question;
    this.k = k;
  }

  /** What is told; by segment asked for. */
  List<Part> tell(StepSets sets, Map<String, String> hashes) {
    sets.night().values().forEach(guard::know);
    return sets.funnels().keySet().stream()
        .map(segment -> part(sets, segment, hashes.get(segment)))
        .toList();
  }

  private Part part(StepSets sets, String segment, String hash) {
    List<Step> steps = new ArrayList<>();
    funnel(sets, segment, steps);
    List<Step> byLabel = new ArrayList<>();
    Map<String, AskedSet> labels = sets.parts().byLabel().get(segment);
    if (labels != null) {
      labels.forEach(
          (label, set) -> {
            String part = by(byLabel.size() % StepSets.LABELS_COUNT_AS);
            String text = text(hash, sets.sample(), part);
            byLabel.add(step(label, set, text, steps, sets.costs().of(segment)));
          });
      countMissing(labels.size(), sets, segment, hash);
    }
    // the name of a value tells that somebody has it
    byLabel.removeIf(step -> step.told().kind() != Told.Kind.ABOUT);
    List<Step> shared = new ArrayList<>();
    sets.parts()
        .shared()
        .getOrDefault(segment, Map.of())
        .forEach(
            (id, set) -> {
              String text = text(hash, sets.sample(), "shared " + id);
              shared.add(step(id, set, text, steps, sets.costs().of(segment, id)));
            });
    return new Part(segment, hash, steps, byLabel, shared);
  }

  /**
   * Labels count as so many figures, however many there are: what is left of the budget is shown,
   * and must not say how many labels some persons have. Where there are fewer, everybody is
   * remembered in their place: of them the funnel tells anyway, so that no other answer changes.
   */
  private void countMissing(int labels, StepSets sets, String segment, String hash) {
    for (int i = labels; i < StepSets.LABELS_COUNT_AS; i++) {
      count(0, sets.costs().of(segment), text(hash, sets.sample(), by(i)));
    }
  }

  /** Takes everybody, who is told of first, for what figures of a text count as beyond some. */
  private void count(int beyond, long cost, String text) {
    Remembered everybody = entries.get(0);
    for (int i = beyond; i < cost; i++) {
      String counted = i == 0 ? text : Sha256.hex(text + "\n" + i);
      entries.add(new Remembered(everybody.persons(), everybody.told(), counted));
    }
  }

  /** Of each dimension and level a person has a label: those of one do not count for another. */
  private String by(int label) {
    DimensionLabels by = question.by().orElseThrow();
    String level = by.level().isPresent() ? "" + by.level().getAsInt() : "";
    return "by " + by.dimension() + "@" + level + " " + label;
  }

  /** All that was told. */
  List<Remembered> entries() {
    return entries;
  }

  /**
   * A step is told of as in every question that begins with the same conditions.
   *
   * @param steps takes what is told; the first is everybody
   */
  private void funnel(StepSets sets, String segment, List<Step> steps) {
    sets.funnels()
        .get(segment)
        .steps()
        .forEach(
            (id, says) -> {
              String text = text(sets.hashes().get(id), sets.sample(), "");
              steps.add(step(says, sets.set(id, k), text, steps, sets.costs().of(id)));
            });
  }

  /**
   * Of a set that is a part of those before it.
   *
   * @param cost as how many figures it counts; 0 where nothing is told
   */
  private Step step(String says, AskedSet persons, String text, List<Step> before, long cost) {
    if (cost == 0) {
      return new Step(says, Told.OF_OTHERS);
    }
    Optional<Told> within =
        before.isEmpty() ? Optional.empty() : Optional.of(before.get(before.size() - 1).told());
    Told told = guard.tell(persons, text, within);
    entries.add(new Remembered(persons.persons(), told, text));
    count(1, cost, text);
    return new Step(says, told);
  }

  private String text(String definition, Sample sample, String part) {
    String date = question.date().toString();
    return Sha256.hex(String.join("\n", definition, date, "" + sample.oneIn(), part));
  }
}
