package com.segumento.privacy.gate;

/**
 * How near to tonight's tables the published numbers of persons are. Only where there is no
 * violation do they mean anything.
 *
 * @param members of the export's segments, each person once a segment
 * @param represented those of them whose own cell, or what is left of a place above it, is
 *     published
 * @param error by how much published numbers of persons differ from those of tonight's tables, in
 *     either direction, over all rows; noise apart
 * @param largestError of one row
 */
public record Accuracy(long members, long represented, long error, long largestError) {
  /** Of what is no cell. */
  static final Accuracy NONE = new Accuracy(0, 0, 0, 0);
}
