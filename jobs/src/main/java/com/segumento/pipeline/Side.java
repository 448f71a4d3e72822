package com.segumento.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Works on several things side by side.
 *
 * @param most at the same time; where it is one, the calling thread does the work
 */
record Side(int most) {

  /**
   * What comes of each, in the order of {@code things}. An error of one ends none of those beside
   * it: it is thrown when all have ended, the first one in that order with the others beside it.
   * Where the calling thread does the work, it ends that.
   */
  <T, R> List<R> each(List<T> things, Function<T, R> work) {
    int threads = Math.min(most, things.size());
    if (threads <= 1) {
      return things.stream().map(work).toList();
    }
    List<R> results = new ArrayList<>();
    List<Throwable> errors = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<R>> begun = new ArrayList<>();
      things.forEach(thing -> begun.add(pool.submit(() -> work.apply(thing))));
      begun.forEach(one -> collect(one, results, errors));
    } finally {
      pool.shutdownNow();
    }
    refuse(errors);
    return results;
  }

  private static <R> void collect(Future<R> one, List<R> results, List<Throwable> errors) {
    try {
      results.add(one.get());
    } catch (ExecutionException e) {
      errors.add(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted.", e);
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
    throw new IllegalStateException(first);
  }
}
