package com.segumento.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a lake looks like where work on it is killed. The work is done once, through {@link
 * WatchedWrites}; before each change the lake is copied.
 */
public final class KilledCopies {
  private static final int LEAST_CHANGES = 10;

  private KilledCopies() {}

  /**
   * Does the work.
   *
   * @param root the lake
   * @param folder where copies go
   * @param every of how many changes one is copied, the first among them
   * @return the change that was not made any more, by copy
   */
  public static Map<Path, String> of(Path root, Path folder, int every, Runnable work) {
    Map<Path, String> copies = new TreeMap<>();
    int[] changes = {0};
    WatchedWrites.tell(
        change -> {
          synchronized (changes) {
            if (changes[0]++ % every == 0) {
              Path to = folder.resolve(String.format("killed-%04d", changes[0]));
              copy(root, to);
              copies.put(to, change);
            }
          }
        });
    try {
      work.run();
    } finally {
      WatchedWrites.tell(change -> {});
    }
    assertThat(changes[0]).as("changes of the lake").isGreaterThan(LEAST_CHANGES);
    return copies;
  }

  // Leases are left out: the process that held them is dead, which this one is not.
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path path = from.relativize(file);
        if (!path.startsWith("ops/leases")) {
          Files.createDirectories(to.resolve(path).getParent());
          try {
            Files.copy(file, to.resolve(path));
          } catch (NoSuchFileException e) {
            assertThat(path.toString()).as("moved meanwhile").contains("_delta_log");
          }
        }
      }
    }
  }
}
