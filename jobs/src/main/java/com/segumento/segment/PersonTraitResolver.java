package com.segumento.segment;

import com.segumento.config.Segments.Trait;
import java.util.List;
import java.util.Optional;

/** One kind of trait of persons: from its configuration to a checked {@link PersonTrait}. */
interface PersonTraitResolver {
  /** Every kind there is. */
  List<PersonTraitResolver> ALL =
      List.of(
          new FormulaTrait.Resolver(),
          new TileTrait.Resolver(),
          new RfmTrait.Resolver(),
          new ClusterTrait.Resolver());

  /** Whether the trait is of this kind. */
  boolean takes(Trait trait);

  /** The traits and profile columns it names, known or not. */
  List<String> reads(Trait trait);

  /**
   * The trait, or nothing and why.
   *
   * @param resolution has in scope all it may read
   */
  Optional<PersonTrait> resolve(
      String name, Trait trait, Resolution resolution, List<String> problems);

  /** The kind of a trait; none where it is one of events. */
  static Optional<PersonTraitResolver> of(Trait trait) {
    return ALL.stream().filter(kind -> kind.takes(trait)).findFirst();
  }
}
