package com.segumento.client;

import com.segumento.lake.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes whole prefixes, and believes only a listing that it is done. Both stores list what is
 * there at once, so an empty listing after the last delete is proof.
 */
final class Prefixes {
  private static final Logger LOG = LoggerFactory.getLogger(Prefixes.class);
  private static final int ATTEMPTS = 3;
  private static final long PAUSE_NANOS = 200_000_000L;

  private final Store store;

  Prefixes(ObjectStore objects) {
    this(
        new Store() {
          @Override
          public void delete(String prefix) {
            objects.delete(prefix);
          }

          @Override
          public List<String> list(String prefix) {
            List<String> uris =
                objects.everything(prefix).stream().map(ObjectStore.StoredObject::uri).toList();
            // An object store may keep the mark of a folder that has nothing in it.
            return uris.isEmpty() && objects.exists(prefix) ? List.of(prefix) : uris;
          }
        });
  }

  Prefixes(Store store) {
    this.store = store;
  }

  /** What is asked of the object store. */
  interface Store {
    void delete(String prefix);

    /** What is below a prefix, its own mark included. */
    List<String> list(String prefix);
  }

  /**
   * Removes all that is below a prefix.
   *
   * @throws IllegalStateException where something is left after several attempts
   */
  void remove(String prefix) {
    RuntimeException failure = null;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        store.delete(prefix);
        failure = null;
      } catch (RuntimeException e) { // the store says no now, and may say yes next time
        failure = e;
        LOG.warn("Could not delete: prefix={} attempt={}", prefix, attempt);
      }
      if (failure == null && store.list(prefix).isEmpty()) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS * attempt);
    }
    throw left(prefix, Optional.ofNullable(failure));
  }

  /**
   * Makes sure that nothing is below any of these prefixes.
   *
   * @throws IllegalStateException where something is
   */
  void requireEmpty(List<String> prefixes) {
    for (String prefix : prefixes) {
      if (!store.list(prefix).isEmpty()) {
        throw left(prefix, Optional.empty());
      }
    }
  }

  private IllegalStateException left(String prefix, Optional<RuntimeException> cause) {
    return new IllegalStateException(
        "Not empty after it was deleted: " + prefix, cause.orElse(null));
  }
}
