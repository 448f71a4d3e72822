package com.segumento.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.model.DataContractException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFileTest {
  private static final String REFUSED =
      "Reference stores was not loaded, its table is as it was. Correct the files and load again. ";

  private final Problems problems = new Problems();

  @Test
  void readsQuotesBlanksByteOrderMarkAndCarriageReturns() {
    CsvFile file = parse("\uFEFFid,name\r\n 1 ,\"Salem, the \"\"old\"\" one\"\r\n\r\n2,\r\n");
    problems.refuse("stores");
    assertThat(file.lines()).hasSize(2);
    assertThat(file.lines().get(0).text("id")).isEqualTo("1");
    assertThat(file.lines().get(0).text("name")).isEqualTo("Salem, the \"old\" one");
    assertThat(file.lines().get(1).number()).isEqualTo(4);
    assertThat(file.lines().get(1).text("name")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id;stores.csv: Its header lacks name.",
        "id,name,name;stores.csv: Its header names name twice.",
        "id,name;stores.csv: It has no lines after its header.",
      })
  void refusesHeaders(String text, String problem) {
    parse(text);
    assertThatThrownBy(() -> problems.refuse("stores"))
        .isInstanceOf(DataContractException.class)
        .hasMessage(REFUSED + problem);
  }

  @Test
  void refusesLinesByNumberAndCountsTheRest() {
    parse("id,name\n1\n2,b,c\n3,\uFFFD\n4,d\n5\n6\n7\n");
    assertThatThrownBy(() -> problems.refuse("stores"))
        .isInstanceOf(DataContractException.class)
        .hasMessage(
            REFUSED
                + "stores.csv, line 2: It has 1 fields, the header has 2."
                + " stores.csv, line 3: It has 3 fields, the header has 2."
                + " stores.csv, line 4: It is not UTF-8."
                + " stores.csv, line 6: It has 1 fields, the header has 2."
                + " stores.csv, line 7: It has 1 fields, the header has 2."
                + " And 1 more.");
  }

  private CsvFile parse(String text) {
    return CsvFile.parse("stores.csv", text, List.of("id", "name"), problems);
  }
}
