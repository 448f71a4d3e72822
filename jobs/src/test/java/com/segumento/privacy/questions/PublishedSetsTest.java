package com.segumento.privacy.questions;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.Sample;
import com.segumento.privacy.questions.TellingGuard.Remembered;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sets of persons numbered from 0, each in a part of its own. */
class PublishedSetsTest {
  private static final int K = 10;
  private static final LocalDate DATE = LocalDate.of(2026, 2, 27);

  /** All that is remembered is near. */
  private static final class Memory implements PreviewMemory {
    private final List<Remembered> told = new ArrayList<>();

    @Override
    public List<Remembered> near(Sample sample, Collection<PersonSet> sets, int k) {
      return List.copyOf(told);
    }

    @Override
    public void remember(String question, LocalDate date, Sample sample, List<Remembered> entries) {
      told.addAll(entries);
    }
  }

  private final Memory memory = new Memory();

  @Test
  void aSetMayBePublishedThatIsAnotherByKOrNotAtAll() {
    assertThat(publish(List.of(), upTo(100))).isTrue();
    assertThat(memory.told).extracting(Remembered::told).containsExactly(Told.exactly(100));
    assertThat(publish(List.of(), upTo(100))).isTrue();
    assertThat(publish(List.of(), upTo(101))).isFalse();
    assertThat(publish(List.of(), upTo(109))).isFalse();
    assertThat(publish(List.of(), upTo(110))).isTrue();
    assertThat(memory.told).hasSize(3);
  }

  @Test
  void whatWasWithheldKeepsNothingFromBeingPublished() {
    memory.told.add(new Remembered(upTo(99), Told.WITHHELD));
    assertThat(publish(List.of(), upTo(100))).isTrue();
    memory.told.add(new Remembered(upTo(30), Told.FEWER));
    assertThat(publish(List.of(), upTo(31))).isFalse();
  }

  @Test
  void sizesThatAreKnownCountLikeWhatWasTold() {
    assertThat(publish(List.of(upTo(91)), upTo(100))).isFalse();
    assertThat(publish(List.of(upTo(90), upTo(100)), upTo(100))).isTrue();
  }

  @Test
  void fewerThanKAreNotPublishedAndSayNothing() {
    memory.told.add(new Remembered(upTo(10), about(10)));
    assertThat(publish(List.of(), upTo(9))).isTrue();
    assertThat(memory.told).hasSize(1);
  }

  @Test
  void anAnswerAfterwardsIsThatOfTheNeighbour() {
    assertThat(publish(List.of(), upTo(100))).isTrue();
    assertThat(new TellingGuard(K, memory.told).tell(upTo(99))).isEqualTo(about(100));
  }

  private boolean publish(List<PersonSet> known, PersonSet set) {
    return new PublishedSets(memory, K).remember("run", DATE, known, Map.of("set", set), "hash");
  }

  private static Told about(long persons) {
    return new Told(Told.Kind.ABOUT, persons);
  }

  private static PersonSet upTo(int size) {
    long[] parts = new long[256];
    for (int person = 0; person < size; person++) {
      parts[person] = person + 1L;
    }
    return new PersonSet(size, parts);
  }
}
