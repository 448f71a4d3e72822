package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.config.DatasetContract.Role;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The hierarchies of files, which are read while Spark finds out about the table. */
final class HierarchyFiles implements AutoCloseable {
  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private final Map<String, Future<Hierarchy>> files = new HashMap<>();

  private HierarchyFiles() {}

  /** Begins to read all files that {@code spec} names. */
  static HierarchyFiles begin(AnonymizeSpec spec, HierarchySource source) {
    HierarchyFiles begun = new HierarchyFiles();
    for (Role role : List.of(Role.QUASI, Role.SENSITIVE)) {
      for (String name : spec.attributes(role)) {
        AnonymizeSpec.Generalization how = spec.attributes().get(name).hierarchy();
        if (!HierarchySource.needsValues(how)) {
          begun.files.put(name, begun.reader.submit(() -> source.ofFile(name, how)));
        }
      }
    }
    begun.reader.shutdown(); // what was begun is finished
    return begun;
  }

  /**
   * The hierarchy of an attribute; nothing where it is not read from a file.
   *
   * @throws com.segumento.model.ConfigException where the file is not there, or wrong
   */
  Optional<Hierarchy> of(String attribute) {
    Future<Hierarchy> file = files.get(attribute);
    try {
      return file == null ? Optional.empty() : Optional.of(file.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Reading a hierarchy was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("Reading a hierarchy failed", e.getCause());
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
