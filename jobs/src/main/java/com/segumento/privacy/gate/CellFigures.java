package com.segumento.privacy.gate;

/**
 * What is said of a release of cells only. Only where there is no violation does it mean anything.
 *
 * @param heldBack of the cells that are withheld, those of enough persons for a row
 * @param members of the export's segments, each person once a segment
 * @param represented those of them whose own cell, or what is left of a place above it, is
 *     published
 * @param error by how much published numbers of persons differ from those of tonight's tables, in
 *     either direction, over all rows; noise apart
 * @param largestError of one row
 */
public record CellFigures(
    long heldBack, long members, long represented, long error, long largestError) {
  /** Of what is no cell. */
  static final CellFigures NONE = new CellFigures(0, 0, 0, 0, 0);
}
