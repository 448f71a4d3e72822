package com.segumento.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SideTest {
  private static final List<Integer> THINGS = List.of(1, 2, 3, 4, 5);

  private final List<Integer> ended = Collections.synchronizedList(new ArrayList<>());

  @ParameterizedTest(name = "{0} at the same time")
  @ValueSource(ints = {1, 2, 9})
  void givesWhatComesOfEachInTheirOrder(int most) {
    assertThat(new Side(most).each(THINGS, thing -> 10 * thing))
        .containsExactly(10, 20, 30, 40, 50);
  }

  @ParameterizedTest(name = "{0} at the same time")
  @ValueSource(ints = {2, 9})
  void anErrorIsThrownWhenAllOthersHaveEnded(int most) {
    Error first = new StackOverflowError();
    Error second = new StackOverflowError();
    Function<Integer, Integer> work =
        thing -> {
          if (thing == 2 || thing == 4) {
            throw thing == 2 ? first : second;
          }
          ended.add(thing);
          return thing;
        };
    assertThatThrownBy(() -> new Side(most).each(THINGS, work)).isSameAs(first);
    assertThat(first.getSuppressed()).containsExactly(second);
    assertThat(ended).containsExactlyInAnyOrder(1, 3, 5);
  }

  @Test
  void anErrorEndsTheWorkOfTheCallingThread() {
    Error first = new StackOverflowError();
    Function<Integer, Integer> work =
        thing -> {
          if (thing == 2) {
            throw first;
          }
          ended.add(thing);
          return thing;
        };
    assertThatThrownBy(() -> new Side(1).each(THINGS, work)).isSameAs(first);
    assertThat(ended).containsExactly(1);
  }

  @Test
  void whatRunsBesideAnErrorIsNotInterrupted() {
    CountDownLatch failing = new CountDownLatch(1);
    Function<Integer, Integer> work =
        thing -> {
          if (thing == 1) {
            failing.countDown();
            throw new StackOverflowError();
          }
          try {
            assertThat(failing.await(1, TimeUnit.MINUTES)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          ended.add(thing);
          return thing;
        };
    assertThatThrownBy(() -> new Side(5).each(THINGS, work))
        .isInstanceOf(StackOverflowError.class)
        .hasNoSuppressedExceptions();
    assertThat(ended).containsExactlyInAnyOrder(2, 3, 4, 5);
  }
}
