package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.Anonymizer;
import com.segumento.privacy.MemoryMutant;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;

/**
 * An engine that lets persons come to a cell, or leave it, whatever that tells.
 *
 * @param cell its label by gender
 * @param persons who come or leave
 * @param change 1 where they come, -1 where they leave
 */
record CarelessEngine(String cell, List<Integer> persons, int change) {

  /** Persons of these numbers, the last not among them, come to a cell. */
  static CarelessEngine joining(String cell, int from, int to) {
    return new CarelessEngine(cell, IntStream.range(from, to).boxed().toList(), 1);
  }

  /** Persons of these numbers, the last not among them, leave a cell. */
  static CarelessEngine leaving(String cell, int from, int to) {
    return new CarelessEngine(cell, IntStream.range(from, to).boxed().toList(), -1);
  }

  /** The gate refuses what it makes. */
  AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Workspace workspace) {
    Anonymizer careless = MemoryMutant.following(cell, persons, change);
    return assertThatThrownBy(() -> new ExportStage(careless).run(workspace))
        .isInstanceOf(PrivacyRefused.class);
  }
}
