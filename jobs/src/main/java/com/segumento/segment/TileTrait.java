package com.segumento.segment;

import com.segumento.config.Segments.Trait;
import com.segumento.segment.order.Cutting;
import com.segumento.segment.order.PersonOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** {@code tile}: which of {@code bins} groups of the same size a person is in, by a figure. */
record TileTrait(String name, String by, int bins) implements SurveyTrait {

  /** Tiles. */
  static final class Resolver implements PersonTraitResolver {
    @Override
    public boolean takes(Trait trait) {
      return trait.tile() != null;
    }

    @Override
    public List<String> reads(Trait trait) {
      return List.of(trait.tile().by());
    }

    @Override
    public Optional<PersonTrait> resolve(
        String name, Trait trait, Resolution resolution, List<String> problems) {
      String by = trait.tile().by();
      return Figures.numeric(List.of(by), "tile.by", resolution.scope(), problems)
          ? Optional.of(new TileTrait(name, by, trait.tile().bins()))
          : Optional.empty();
    }
  }

  @Override
  public DataType type() {
    return DataTypes.IntegerType;
  }

  @Override
  public Set<String> columns() {
    return Set.of(by);
  }

  @Override
  public List<TraitDefinition> hidden() {
    return List.of();
  }

  @Override
  public String canonical() {
    return "tile|" + by + "|" + bins;
  }

  @Override
  public Surveyed survey(Dataset<Row> persons, int k) {
    PersonOrder order = PersonOrder.of(name, Figures.column(by), persons);
    return Surveyed.of(new Cutting.Tile(order, bins));
  }
}
