package com.segumento.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NeedleSearchTest {
  private static final int BUFFER = 1 << 16;

  @Property(tries = 300)
  void missesNoNeedleWhereverItLiesAndHoweverTheStreamIsCut(
      @ForAll long seed,
      @ForAll @IntRange(min = 16, max = 128) int length,
      @ForAll @IntRange(min = 0, max = 2 * BUFFER) int at,
      @ForAll @IntRange(min = 1, max = 100_000) int piece) {
    Random random = new Random(seed);
    byte[] needle = new byte[length];
    random.nextBytes(needle);
    byte[] stream = new byte[at + length + random.nextInt(200)];
    random.nextBytes(stream);
    System.arraycopy(needle, 0, stream, at, length);
    assertThat(found(filter(needle), NeedleFilter.sizedFor(0), stream, piece))
        .contains(given(stream, at));
  }

  @Property(tries = 200)
  void findsFoldedNeedlesInEitherCase(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = BUFFER) int at) {
    Random random = new Random(seed);
    StringBuilder mixed = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      mixed.append(
          random.nextBoolean()
              ? "0123456789abcdef".charAt(random.nextInt(16))
              : "0123456789ABCDEF".charAt(random.nextInt(16)));
    }
    byte[] needle = mixed.toString().toLowerCase(java.util.Locale.ROOT).getBytes(ascii());
    byte[] stream = new byte[at + 64];
    System.arraycopy(mixed.toString().getBytes(ascii()), 0, stream, at, 64);
    assertThat(found(NeedleFilter.sizedFor(0), filter(needle), stream, 4096))
        .containsExactly("folded " + new String(needle, ascii()));
  }

  @Test
  void doesNotRunTwoStreamsIntoOne() {
    byte[] needle = "0123456789abcdef0123456789abcdef".getBytes(ascii());
    List<String> all = new ArrayList<>();
    NeedleSearch search = search(filter(needle), NeedleFilter.sizedFor(0), all);
    search.next(needle, 0, 20);
    search.end();
    search.next(needle, 20, 12);
    search.end();
    // The window alone is all there is of it.
    assertThat(all).containsExactly("exact 0123456789abcdef0123");
  }

  @Test
  void filtersOfPartsMakeTheFilterOfAll() {
    NeedleFilter all = NeedleFilter.sizedFor(5_000);
    NeedleFilter even = NeedleFilter.sizedFor(5_000);
    NeedleFilter odd = NeedleFilter.sizedFor(5_000);
    for (int i = 0; i < 5_000; i++) {
      byte[] needle = String.format("needle number %08d", i).getBytes(ascii());
      all.add(needle);
      (i % 2 == 0 ? even : odd).add(needle);
    }
    assertThat(even.or(odd)).usingRecursiveComparison().isEqualTo(all);
    assertThatThrownBy(() -> all.or(NeedleFilter.sizedFor(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesFewOtherWindowsForNeedles() {
    Random random = new Random(7);
    NeedleFilter filter = NeedleFilter.sizedFor(100_000);
    byte[] needle = new byte[32];
    for (int i = 0; i < 100_000; i++) {
      random.nextBytes(needle);
      filter.add(needle);
    }
    byte[] stream = new byte[4_000_000];
    random.nextBytes(stream);
    int wrong = found(filter, NeedleFilter.sizedFor(0), stream, 1 << 20).size();
    assertThat(wrong).isLessThan(400);
  }

  @Test
  void refusesNeedlesThatCanNotBeToldFromOtherBytes() {
    assertThatThrownBy(() -> NeedleFilter.sizedFor(1).add(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A needle of 15 bytes is too short to be told from other bytes.");
  }

  private static NeedleFilter filter(byte[] needle) {
    NeedleFilter filter = NeedleFilter.sizedFor(1);
    filter.add(needle);
    return filter;
  }

  private static List<String> found(
      NeedleFilter exact, NeedleFilter folded, byte[] stream, int piece) {
    List<String> all = new ArrayList<>();
    NeedleSearch search = search(exact, folded, all);
    for (int at = 0; at < stream.length; at += piece) {
      search.next(stream, at, Math.min(piece, stream.length - at));
    }
    search.end();
    return all;
  }

  private static NeedleSearch search(NeedleFilter exact, NeedleFilter folded, List<String> all) {
    return new NeedleSearch(
        exact,
        folded,
        (lower, bytes) -> all.add((lower ? "folded " : "exact ") + new String(bytes, ascii())));
  }

  private static String given(byte[] stream, int at) {
    byte[] bytes =
        Arrays.copyOfRange(stream, at, Math.min(at + NeedleSearch.LONGEST, stream.length));
    return "exact " + new String(bytes, ascii());
  }

  private static java.nio.charset.Charset ascii() {
    return StandardCharsets.ISO_8859_1;
  }
}
