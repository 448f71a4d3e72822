package com.segumento.segment;

import com.segumento.config.Segments.Trait;
import com.segumento.model.Field;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A trait that is a formula over other figures of the person: {@code ratio}, one by the other, null
 * where either is null or the second is 0; {@code score}, the sum of figures times weights, in
 * which a figure that is null counts as 0. A double.
 *
 * @param weights by figure; of a ratio, in no order
 * @param ratio the two figures of a ratio; none where it is a score
 */
record FormulaTrait(String name, List<String> ratio, TreeMap<String, Double> weights)
    implements PersonTrait {

  /** Ratios and scores. */
  static final class Resolver implements PersonTraitResolver {
    @Override
    public boolean takes(Trait trait) {
      return trait.ratio() != null || trait.score() != null;
    }

    @Override
    public List<String> reads(Trait trait) {
      return trait.ratio() != null ? trait.ratio() : List.copyOf(trait.score().keySet());
    }

    @Override
    public Optional<PersonTrait> resolve(
        String name, Trait trait, Resolution resolution, List<String> problems) {
      String place = trait.ratio() != null ? "ratio" : "score";
      Figures.numeric(reads(trait), place, resolution.scope(), problems);
      return Optional.of(
          trait.ratio() != null
              ? new FormulaTrait(name, trait.ratio(), new TreeMap<>())
              : new FormulaTrait(name, List.of(), new TreeMap<>(trait.score())));
    }
  }

  @Override
  public DataType type() {
    return DataTypes.DoubleType;
  }

  @Override
  public Set<String> columns() {
    return ratio.isEmpty() ? weights.keySet() : new TreeSet<>(ratio);
  }

  @Override
  public List<TraitDefinition> hidden() {
    return List.of();
  }

  @Override
  public String canonical() {
    return ratio.isEmpty() ? "score|" + weights : "ratio|" + String.join("|", ratio);
  }

  /** The trait, over the columns of a person. */
  Column value() {
    return ratio.isEmpty() ? score() : quotient();
  }

  private Column quotient() {
    return TraitDefinition.ratio(figure(ratio.get(0)), figure(ratio.get(1)));
  }

  private Column score() {
    Column sum = functions.lit(0.0);
    for (var weight : weights.entrySet()) {
      Column figure = functions.coalesce(figure(weight.getKey()), functions.lit(0.0));
      sum = sum.plus(figure.multiply(functions.lit(weight.getValue())));
    }
    return sum;
  }

  private static Column figure(String name) {
    return Field.optional(name, DataTypes.DoubleType).col().cast(DataTypes.DoubleType);
  }
}
