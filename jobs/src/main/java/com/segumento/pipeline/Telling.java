package com.segumento.pipeline;

import com.segumento.pipeline.Answer.Part;
import com.segumento.pipeline.Answer.Step;
import com.segumento.privacy.questions.AskedSet;
import com.segumento.privacy.questions.PreviewMemory.Entry;
import com.segumento.privacy.questions.TellingGuard;
import com.segumento.privacy.questions.TellingGuard.Remembered;
import com.segumento.privacy.questions.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells of the sets of a question, one after another, and notes what it told. */
final class Telling {
  private final TellingGuard guard;
  private final int k;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * After what was told before.
   *
   * @param earlier in the order it was told
   */
  Telling(List<Remembered> earlier, int k) {
    this.guard = new TellingGuard(k, earlier);
    this.k = k;
  }

  /** What is told; by segment asked for. */
  List<Part> tell(StepSets sets, Map<String, String> hashes) {
    sets.night().values().forEach(guard::tell);
    List<Part> answers = new ArrayList<>();
    sets.funnels()
        .forEach(
            (segment, funnel) -> {
              String hash = hashes.get(segment);
              List<Step> steps = new ArrayList<>();
              funnel
                  .steps()
                  .forEach((step, says) -> steps.add(step(says, sets.set(step, k), hash)));
              answers.add(
                  new Part(
                      segment,
                      hash,
                      steps,
                      // the name of a value tells that somebody has it
                      steps(sets.parts().byLabel().getOrDefault(segment, Map.of()), hash).stream()
                          .filter(step -> step.told().kind() == Told.Kind.ABOUT)
                          .toList(),
                      steps(sets.parts().shared().getOrDefault(segment, Map.of()), hash)));
            });
    return answers;
  }

  /** All that was told. */
  List<Entry> entries() {
    return entries;
  }

  private List<Step> steps(Map<String, AskedSet> parts, String hash) {
    List<Step> steps = new ArrayList<>();
    parts.forEach((name, persons) -> steps.add(step(name, persons, hash)));
    return steps;
  }

  private Step step(String says, AskedSet persons, String hash) {
    Told told = guard.tell(persons);
    entries.add(new Entry(hash, new Remembered(persons.persons(), told)));
    return new Step(says, told);
  }
}
