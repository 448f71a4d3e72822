package com.segumento.privacy.questions;

import com.segumento.lake.Sample;
import com.segumento.privacy.questions.TellingGuard.Remembered;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Sets of persons that are about to be published with exact figures. They are held to all that was
 * told, and are told of from then on: an answer could be subtracted from a release as from another
 * answer.
 */
public record PublishedSets(PreviewMemory memory, int k) {

  /**
   * Remembers sets that may be published; nothing is remembered where one may not, because it
   * differs by fewer than {@code k} persons from another set that was told of.
   *
   * @param known sets whose sizes are known exactly, beside what is remembered
   * @param sets by what they are, of at least {@code k} persons each that count
   * @param definition hash of what is published
   * @return whether they may be published
   */
  public boolean remember(
      String run,
      LocalDate date,
      Collection<PersonSet> known,
      Map<String, PersonSet> sets,
      String definition) {
    List<PersonSet> told = sets.values().stream().filter(set -> set.size() >= k).toList();
    TellingGuard guard = new TellingGuard(k, memory.near(Sample.ALL, told, k));
    for (PersonSet set : told) {
      if (!guard.mayBePublished(set)
          || !known.stream().allMatch(other -> guard.apart(other, set))) {
        return false;
      }
    }
    List<Remembered> entries = new ArrayList<>();
    told.forEach(set -> entries.add(new Remembered(set, Told.exactly(set.size()), definition)));
    if (!entries.isEmpty()) {
      memory.remember(run, date, Sample.ALL, entries);
    }
    return true;
  }
}
