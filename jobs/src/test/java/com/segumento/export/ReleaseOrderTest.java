package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Export;
import com.segumento.privacy.CellFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseOrderTest {
  @Test
  void totalsComeBeforeTheirParts() {
    List<Export> exports =
        List.of(
            cells("detail", "{age: 1, place: auto}"),
            CellFixture.export(
                "{name: list, kind: records, attributes: {age: quasi}, privacy: {k: 3}}"),
            cells("districts", "{place: 1}"),
            cells("states", "{place: 2}"),
            cells("total", "{}"),
            cells("ages", "{age: 1}"));
    assertThat(ReleaseOrder.of(exports).stream().map(Export::name))
        .containsExactly("total", "list", "states", "districts", "ages", "detail");
  }

  private static Export cells(String name, String levels) {
    String dimensions = levels.replaceAll(": \\w+", "").replace('{', '[').replace('}', ']');
    return CellFixture.export(
        "{name: %s, kind: cells, segments: all, dimensions: %s, levels: %s, measures: [{name: n}], privacy: {k: 3}}"
            .formatted(name, dimensions, levels));
  }
}
