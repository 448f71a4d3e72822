package com.segumento.pipeline;

import com.segumento.config.Segments;
import com.segumento.privacy.questions.AnswerBudget;
import com.segumento.privacy.questions.Told;
import com.segumento.segment.Explanation;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is told in answer to a question.
 *
 * @param k no figure about fewer persons is told, and figures are multiples of it
 * @param oneIn persons each sampled person stands for; 1 where all were looked at
 * @param read the definitions that were read: the segments asked for and what they are made of
 * @param cost what it took of what may be told of the client
 * @param explanation empty where none was wanted
 */
public record Answer(
    int k,
    int oneIn,
    Segments read,
    List<Part> parts,
    AnswerBudget.Cost cost,
    Explanation explanation) {

  public Answer {
    parts = List.copyOf(parts);
  }

  /**
   * One segment.
   *
   * @param hash of its definition
   * @param steps its conditions in their order, the last is the segment itself
   * @param byLabel by the labels of a dimension, those that a figure is told of
   * @param shared what it has in common with the client's own segments, by their ids
   */
  public record Part(
      String segment, String hash, List<Step> steps, List<Step> byLabel, List<Step> shared) {
    public Part {
      steps = List.copyOf(steps);
      byLabel = List.copyOf(byLabel);
      shared = List.copyOf(shared);
    }

    Stream<Step> told() {
      return Stream.of(steps, byLabel, shared).flatMap(List::stream);
    }
  }

  /** How many persons meet a condition and all before it, or are in a part of a segment. */
  public record Step(String condition, Told told) {}
}
