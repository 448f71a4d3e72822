package com.segumento.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Works on several things side by side.
 *
 * @param most at the same time; where it is one, the calling thread does the work
 */
record Side(int most) {

  /**
   * What comes of each, in the order of {@code things}. An error of one ends no other: it is thrown
   * when all have ended, the first one in that order with the others beside it.
   */
  <T, R> List<R> each(List<T> things, Function<T, R> work) {
    int threads = Math.min(most, things.size());
    List<R> results = new ArrayList<>();
    List<Throwable> errors = new ArrayList<>();
    if (threads <= 1) {
      things.forEach(thing -> collect(() -> work.apply(thing), results, errors));
    } else {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<Future<R>> begun = new ArrayList<>();
        things.forEach(thing -> begun.add(pool.submit(() -> work.apply(thing))));
        begun.forEach(one -> collect(() -> ended(one), results, errors));
      } finally {
        pool.shutdownNow();
      }
    }
    refuse(errors);
    return results;
  }

  private static <R> void collect(Supplier<R> one, List<R> results, List<Throwable> errors) {
    try {
      results.add(one.get());
    } catch (Interrupted e) {
      throw e; // nobody waits for the others any more
    } catch (RuntimeException | Error e) {
      errors.add(e);
    }
  }

  private static <R> R ended(Future<R> one) {
    try {
      return one.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Interrupted(e);
    }
  }

  private static void refuse(List<Throwable> errors) {
    if (errors.isEmpty()) {
      return;
    }
    Throwable first = errors.get(0);
    errors.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) first;
  }

  /** The thread that waits was told to stop. */
  private static final class Interrupted extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Interrupted(InterruptedException cause) {
      super("The run was interrupted.", cause);
    }
  }
}
