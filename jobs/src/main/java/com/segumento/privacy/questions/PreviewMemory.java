package com.segumento.privacy.questions;

import com.segumento.lake.Sample;
import com.segumento.privacy.questions.TellingGuard.Remembered;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/**
 * Remembers what was told of a client's persons, over commands and nights, so that a later answer
 * cannot be subtracted from an earlier one. Answers of all business dates are kept together: the
 * same segment of another night is a set of persons like any other.
 */
public interface PreviewMemory {
  /**
   * All that was told of sets that may differ by fewer than so many persons from sets of one of
   * these sizes, in the order it was told.
   *
   * @param sample answers from other samples can't be compared
   */
  List<Remembered> near(Sample sample, Collection<PersonSet> sets, int within);

  /** Keeps what is about to be told; called before it is told. */
  void remember(String question, LocalDate date, Sample sample, List<Remembered> told);
}
