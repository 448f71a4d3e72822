package com.segumento.pipeline;

import com.segumento.config.Segments;
import com.segumento.privacy.questions.Told;
import com.segumento.segment.Explanation;
import java.util.List;

/**
 * What is told in answer to a question.
 *
 * @param k no figure about fewer persons is told, and figures are multiples of it
 * @param oneIn persons each sampled person stands for; 1 where all were looked at
 * @param read the definitions that were read: the segments asked for and what they are made of
 * @param explanation empty where none was wanted
 */
public record Answer(int k, int oneIn, Segments read, List<Part> parts, Explanation explanation) {

  public Answer {
    parts = List.copyOf(parts);
  }

  /**
   * One segment.
   *
   * @param hash of its definition
   * @param steps its conditions in their order, the last is the segment itself
   */
  public record Part(String segment, String hash, List<Step> steps) {
    public Part {
      steps = List.copyOf(steps);
    }
  }

  /** How many persons meet a condition and all before it. */
  public record Step(String condition, Told told) {}
}
