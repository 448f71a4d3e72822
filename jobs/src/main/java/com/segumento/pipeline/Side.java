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

  /** What comes of each, in the order of {@code things}. An error of one ends the others. */
  <T, R> List<R> each(List<T> things, Function<T, R> work) {
    int threads = Math.min(most, things.size());
    if (threads <= 1) {
      return things.stream().map(work).toList();
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<R>> begun = new ArrayList<>();
      things.forEach(thing -> begun.add(pool.submit(() -> work.apply(thing))));
      List<R> results = new ArrayList<>();
      for (Future<R> one : begun) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted.", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
