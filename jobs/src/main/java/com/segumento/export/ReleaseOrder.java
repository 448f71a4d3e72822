package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Export;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * The order in which the exports of a night are made. What is published first stays, so of cells
 * those come first that hold the totals of others: cells of fewer dimensions, then of higher
 * levels. Where totals and parts tell too much together a part is held back then, and not the
 * total, which is about more persons.
 */
final class ReleaseOrder {
  private static final Comparator<Export> TOTALS_FIRST =
      Comparator.comparingInt((Export export) -> export.dimensions().size())
          .thenComparing(Comparator.comparingInt(ReleaseOrder::height).reversed());

  private ReleaseOrder() {}

  /** The same exports; those that are no cells stay where they are, and what is equal in order. */
  static List<Export> of(List<Export> exports) {
    Iterator<Export> cells =
        exports.stream().filter(ReleaseOrder::isCells).sorted(TOTALS_FIRST).iterator();
    List<Export> order = new ArrayList<>();
    for (Export export : exports) {
      order.add(isCells(export) ? cells.next() : export);
    }
    return order;
  }

  private static boolean isCells(Export export) {
    return export.kind() == Export.Kind.CELLS;
  }

  /** All levels that are given; one that is to be found counts as the finest. */
  private static int height(Export export) {
    return export.levels().values().stream().mapToInt(JsonNode::asInt).sum();
  }
}
