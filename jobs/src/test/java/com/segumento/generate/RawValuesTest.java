package com.segumento.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.udf.RawIdentifiers;
import com.segumento.udf.RawIdentifiers.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawValuesTest {

  @Test
  void holdsTenValuesOfEachKind() {
    List<Kind> kinds = List.of(Kind.EMAIL, Kind.PHONE, Kind.PAN, Kind.AADHAAR, Kind.CARD);
    List<List<String>> values = RawValues.byKind();
    assertThat(values).hasSameSizeAs(kinds);
    for (int i = 0; i < kinds.size(); i++) {
      Kind kind = kinds.get(i);
      assertThat(values.get(i))
          .hasSize(10)
          .doesNotHaveDuplicates()
          .allSatisfy(value -> assertThat(RawIdentifiers.in(value)).contains(kind));
    }
  }
}
