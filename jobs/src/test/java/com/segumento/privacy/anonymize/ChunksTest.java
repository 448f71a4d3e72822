package com.segumento.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class ChunksTest {
  private static final Hierarchy CITY =
      Hierarchy.of("city", List.of(List.of("Agra", "north"), List.of("Pune", "west")));
  private static final Hierarchy NUMBER =
      Hierarchy.of("number", List.of(List.of("1", "low"), List.of("2", "low"), List.of("3", "*")));

  private static InternalRow row(String city, String number) {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(city), UTF8String.fromString(number), number.isEmpty()
        });
  }

  /** Cities have their codes already, numbers get them as they come. */
  private static List<Chunk> chunks(int most, InternalRow... rows) {
    Map<UTF8String, Integer> cities =
        Map.of(UTF8String.fromString("Agra"), 0, UTF8String.fromString("Pune"), 1);
    List<Map<UTF8String, Integer>> known = new ArrayList<>(List.of(cities));
    known.add(null);
    List<Chunk> chunks = new ArrayList<>();
    new Chunks(List.of(rows).iterator(), known, most).forEachRemaining(chunks::add);
    return chunks;
  }

  private static Map<List<Integer>, Long> counts(Packed packed) {
    Map<List<Integer>, Long> counts = new HashMap<>();
    for (int at = 0; at < packed.size(); at++) {
      int entry = at;
      List<Integer> codes = Stream.of(packed.codes()).map(column -> column[entry]).toList();
      assertThat(counts.put(codes, packed.last()[at])).isNull();
    }
    return counts;
  }

  @Test
  void countsEachCombinationAndNumbersWhatIsNotKnown() {
    List<Chunk> chunks =
        chunks(9, row("Pune", "3"), row("Agra", "1"), row("Pune", "3"), row("Goa", "1"));

    assertThat(chunks).hasSize(1);
    assertThat(counts(chunks.get(0).packed()))
        .isEqualTo(Map.of(List.of(1, 0), 2L, List.of(0, 1), 1L, List.of(Packed.NONE, 1), 1L));
    assertThat(chunks.get(0).values()[1]).containsExactly("3", "1");
    assertThat(chunks.get(0).header().rows()).isEqualTo(4);
    assertThat(chunks.get(0).header().blanks()).isFalse();
    assertThat(chunks(9, row("Pune", "3"), row("Pune", "")).get(0).blanks()).isTrue();
  }

  @Test
  void endsAChunkWithTheLastCombinationItMayHold() {
    InternalRow[] rows = {row("Pune", "3"), row("Pune", "3"), row("Pune", "2"), row("Pune", "1")};

    assertThat(chunks(2, rows)).extracting(chunk -> chunk.packed().size()).containsExactly(2, 1);
    assertThat(chunks(3, rows)).extracting(chunk -> chunk.packed().size()).containsExactly(3);
    assertThat(chunks(2, rows).get(1).values()[1]).containsExactly("1");
  }

  @Test
  void givesCodesOfTheHierarchiesAtTheLevelsAskedFor() {
    Chunk chunk = chunks(9, row("Pune", "3"), row("Goa", "2"), row("Pune", "1")).get(0);
    boolean[] known = {true, false};
    List<Hierarchy> all = List.of(CITY, NUMBER);

    assertThat(counts(chunk.recoded(Chunk.Recoding.of(all, known))))
        .isEqualTo(Map.of(List.of(1, 2), 1L, List.of(Packed.NONE, 1), 1L, List.of(1, 0), 1L));
    assertThat(counts(chunk.recoded(Chunk.Recoding.of(all, known, 0, 1))))
        .isEqualTo(Map.of(List.of(1, 2), 1L, List.of(Packed.NONE, 0), 1L, List.of(1, 0), 1L));
    assertThat(counts(chunk.recoded(Chunk.Recoding.of(List.of(CITY), known))))
        .isEqualTo(Map.of(List.of(1), 2L, List.of(Packed.NONE), 1L));
    assertThat(Arrays.deepToString(chunk.recoded(Chunk.Recoding.of(all, known)).rowsByCode(2, 3)))
        .isEqualTo("[[0, 2, 1], [1, 1, 1, 0]]");
  }

  @Test
  void countsManyCombinations() {
    Counter counter = new Counter(2);
    for (int i = 0; i < 100_000; i++) {
      counter.add(new int[] {i % 300, i % 7}, 1 + i % 2);
    }

    Map<List<Integer>, Long> counts = counts(counter.packed());

    assertThat(counts).hasSize(300 * 7);
    assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(150_000);
    long expected = 0;
    for (int i = 0; i < 100_000; i++) {
      expected += i % 300 == 299 && i % 7 == 6 ? 1 + i % 2 : 0;
    }
    assertThat(counts).containsEntry(List.of(299, 6), expected);
  }
}
