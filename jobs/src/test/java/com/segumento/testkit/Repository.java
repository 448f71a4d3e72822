package com.segumento.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository the tests run in. */
public final class Repository {
  private static final Path ROOT = root();

  private Repository() {}

  /** A file by its path from the repository's top. */
  public static Path path(String relative) {
    return ROOT.resolve(relative);
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("mvnw"))) {
      at = at.getParent();
    }
    return at;
  }
}
