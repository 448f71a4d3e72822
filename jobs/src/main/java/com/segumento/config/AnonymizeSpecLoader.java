package com.segumento.config;

import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a specification of {@code anonymize} and refuses it with all its problems at once. */
public final class AnonymizeSpecLoader {
  private static final ShapeRules SHAPE = new ShapeRules(AnonymizeSpec.class);

  private AnonymizeSpecLoader() {}

  /**
   * The specification.
   *
   * @throws ConfigException with one line a problem
   */
  public static AnonymizeSpec load(Path file) {
    Findings findings = new Findings();
    Path whole = file.toAbsolutePath();
    Optional<Document> document =
        new Source(whole.getParent(), findings)
            .yaml(whole.getFileName().toString())
            .map(AnonymizeShortForms::writtenOut);
    document.ifPresent(read -> SHAPE.check(read, findings));
    findings.refuse();
    Setting root = document.orElseThrow().setting();
    new AnonymizeRules(root, findings).check();
    findings.refuse();
    Optional<AnonymizeSpec> spec = Binding.bind(root, AnonymizeSpec.class, findings);
    findings.refuse();
    return spec.orElseThrow();
  }
}
