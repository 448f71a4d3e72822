package com.segumento.model;

import java.util.List;
import java.util.Map;

/**
 * The lists of an audience that its destination has: of each segment the one that was published
 * last. A segment of which none was is not among them.
 */
public record PriorLists(Map<String, PriorList> bySegment) {
  /** Where nothing was published, or nothing that can be compared. */
  public static final PriorLists NONE = new PriorLists(Map.of());

  public PriorLists {
    bySegment = Map.copyOf(bySegment);
  }

  /**
   * A list, among others in the same files.
   *
   * @param run that published it
   * @param format of the files, in lower case
   */
  public record PriorList(String run, String format, List<String> files) {
    public PriorList {
      files = List.copyOf(files);
    }
  }
}
