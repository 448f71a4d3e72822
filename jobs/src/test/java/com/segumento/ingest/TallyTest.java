package com.segumento.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Expectations;
import com.segumento.config.DatasetContract.Format;
import com.segumento.config.DatasetContract.Mode;
import com.segumento.contract.ContractColumn;
import com.segumento.contract.ListedFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {

  @ParameterizedTest(name = "{0} rows, {1} bad, {2} without age")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          9 | 0 | 0 | it has 9 rows, min_rows is 10
          10 | 0 | 0 | -
          11 | 0 | 0 | -
          99 | 0 | 0 | -
          100 | 0 | 0 | -
          101 | 0 | 0 | it has 101 rows, max_rows is 100
          100 | 4 | 0 | -
          100 | 5 | 0 | -
          100 | 6 | 0 | 6 of 100 rows break the contract, max_quarantined is 0.05
          100 | 0 | 9 | -
          100 | 0 | 10 | -
          100 | 0 | 11 | age is null in 11 of 100 good rows, max_null is 0.1
          100 | 5 | 10 | age is null in 10 of 95 good rows, max_null is 0.1
          """)
  void refusesADropBeyondItsExpectations(long rows, long bad, long nulls, String problem) {
    DatasetContract contract =
        contract(new Expectations(10L, 100L, 0.05, Map.of("age", 0.1), null));
    assertThat(tally(contract, rows, bad, nulls).problems(drop(contract, rows)))
        .isEqualTo(problem == null ? List.of() : List.of(problem));
  }

  @ParameterizedTest(name = "min_rows {0}")
  @CsvSource(
      nullValues = "-",
      value = {"-, 'it has 0 rows, min_rows is 1'", "0, -"})
  void takesAnEmptyDropOnlyWhereMinRowsSaysSo(Long least, String problem) {
    DatasetContract contract = contract(new Expectations(least, null, 0.05, null, null));
    Drop drop =
        new Drop(
            contract,
            DropYard.DAY,
            new Manifest("d", "acme", "customers", "2026-03-10", List.of(), null),
            Map.of(),
            1);
    Tally tally = new Tally(contract, ContractColumn.of(contract), Map.of());
    assertThat(tally.problems(drop)).isEqualTo(problem == null ? List.of() : List.of(problem));
  }

  private static Tally tally(DatasetContract contract, long rows, long bad, long nulls) {
    List<ContractColumn> columns = ContractColumn.of(contract);
    int age = columns.stream().filter(c -> c.name().equals("age")).findAny().orElseThrow().index();
    Map<String, Long> figures =
        Map.of("rows", rows, "bad", bad, "strange", 0L, "nulls_" + age, nulls);
    return new Tally(contract, columns, Map.of("d", Map.of("0.csv", figures)));
  }

  private static Drop drop(DatasetContract contract, long rows) {
    var file = new ListedFile("0.csv", "0".repeat(64), rows);
    return new Drop(
        contract,
        DropYard.DAY,
        new Manifest("d", "acme", "customers", "2026-03-10", List.of(file), null),
        Map.of("0.csv", "file:/0.csv"),
        1);
  }

  private static DatasetContract contract(Expectations expectations) {
    DatasetContract like = DropYard.customers(Mode.UPSERT, Format.CSV);
    return new DatasetContract(
        like.name(),
        like.kind(),
        like.mode(),
        like.format(),
        null,
        like.token(),
        like.updatedAt(),
        null,
        null,
        like.columns(),
        expectations);
  }
}
