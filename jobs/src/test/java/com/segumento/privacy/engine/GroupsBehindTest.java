package com.segumento.privacy.engine;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.model.ReleaseMemory;
import com.segumento.privacy.CellFixture;
import com.segumento.privacy.engine.SetsToHoldBack.Behind;
import com.segumento.privacy.engine.SetsToHoldBack.Stands;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class GroupsBehindTest {
  private static final byte[] NAMELESS = new byte[ReleaseMemory.ERASED_BYTES];

  @Test
  void knowsHowMuchEachGroupAdds(SparkSession spark) {
    Dataset<Row> rows =
        rows(
            spark,
            row("total", 0, 10),
            row("part", 0, 10),
            row("total", 1, -30),
            row("part", 1, -30),
            row("total", 2, 5),
            row("part", 2, 5),
            // Two spend more than when the total was made, and one less.
            row("total", 3, 10),
            row("part", 3, 11),
            row("total", 4, 20),
            row("part", 4, 25),
            row("total", 5, 9),
            row("part", 5, 2),
            RowFactory.create("total", NAMELESS, BigDecimal.valueOf(70).setScale(6)));
    assertThat(behind(rows, true))
        .containsExactlyInAnyOrder(
            new Behind(
                List.of(part(0), total(0)), 3, true, new Shares(1, List.of(sizes(45, 30, 10)))),
            new Behind(
                List.of(total(0), part(1)),
                2,
                true,
                new Shares(2, List.of(sizes(30, 20, 10), sizes(6, 5, 1), sizes(36, 25, 11)))),
            new Behind(
                List.of(part(0), total(1)),
                1,
                true,
                new Shares(2, List.of(sizes(2, 2, 0), sizes(7, 7, 0), sizes(9, 9, 0)))),
            new Behind(List.of(total(0)), 1, false, new Shares(1, List.of(sizes(70, 70, 0)))));
    assertThat(behind(rows, false))
        .as("the same without")
        .hasSize(4)
        .allMatch(group -> group.shares().sizes().isEmpty());
  }

  private static List<Behind> behind(Dataset<Row> rows, boolean sized) {
    Row system = new GroupsBehind(sized).apply(rows).first();
    assertThat(GroupsBehind.tooMany(system)).isFalse();
    Map<String, Integer> numbers = Map.of("part", 0, "total", 1);
    return GroupsBehind.groups(system).stream()
        .map(group -> GroupsBehind.behind(group, numbers))
        .toList();
  }

  /** The part is new. */
  private static Stands part(int share) {
    return new Stands(0, true, false, share);
  }

  private static Stands total(int share) {
    return new Stands(1, true, true, share);
  }

  private static Sizes sizes(int all, int first, int second) {
    return Sizes.of(amount(all), amount(first), amount(second));
  }

  private static BigDecimal amount(int amount) {
    return BigDecimal.valueOf(amount).setScale(6);
  }

  private static Row row(String cell, int person, int share) {
    return RowFactory.create(cell, CellFixture.key(person), amount(share));
  }

  private static Dataset<Row> rows(SparkSession spark, Row... rows) {
    Column part = StandingElements.CELL.col().equalTo("part");
    return spark
        .createDataFrame(
            Stream.of(rows).toList(),
            Field.schema(StandingElements.CELL, StandingElements.PERSON, StandingElements.SHARE))
        .select(
            StandingElements.SEGMENT.as(lit("a")),
            StandingElements.FIGURE.as(lit("spend")),
            StandingElements.PERSON.col(),
            StandingElements.SHARE.col(),
            GroupsBehind.stands(StandingElements.CELL.col(), lit(true), part.equalTo(false), part));
  }
}
