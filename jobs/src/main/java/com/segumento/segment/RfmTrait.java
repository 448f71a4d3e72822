package com.segumento.segment;

import com.segumento.config.Segments.Rfm;
import com.segumento.config.Segments.Trait;
import com.segumento.model.Field;
import com.segumento.segment.order.RfmScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * {@code rfm}: recency, frequency and monetary scores of a person's events.
 *
 * @param hidden days since the last event, how many events, and the sum of their values
 */
record RfmTrait(String name, List<TraitDefinition> hidden, int bins) implements SurveyTrait {
  /** Quintiles, unless said. */
  static final int BINS = 5;

  RfmTrait {
    hidden = List.copyOf(hidden);
  }

  /** Scores of recency, frequency and money. */
  static final class Resolver implements PersonTraitResolver {
    @Override
    public boolean takes(Trait trait) {
      return trait.rfm() != null;
    }

    @Override
    public List<String> reads(Trait trait) {
      return List.of();
    }

    @Override
    public Optional<PersonTrait> resolve(
        String name, Trait trait, Resolution resolution, List<String> problems) {
      Rfm rfm = trait.rfm();
      TraitResolver events = new TraitResolver(resolution.parser(), resolution.client());
      List<TraitDefinition> hidden = new ArrayList<>();
      for (String agg : List.of("days_since_last", "count", "sum(`" + rfm.value() + "`)")) {
        List<String> found = new ArrayList<>();
        events
            .resolve("#" + name + "_" + hidden.size(), hidden(rfm, agg), found)
            .ifPresent(hidden::add);
        found.forEach(problem -> problems.add("rfm: " + problem));
        if (!found.isEmpty()) { // the others have the same fault
          return Optional.empty();
        }
      }
      return Optional.of(new RfmTrait(name, hidden, rfm.bins() == null ? BINS : rfm.bins()));
    }

    private static Trait hidden(Rfm rfm, String agg) {
      return new Trait(
          rfm.from(), rfm.where(), rfm.window(), agg, null, null, null, null, null, null);
    }
  }

  @Override
  public DataType type() {
    return Field.schema(
        RfmScores.RECENCY,
        RfmScores.FREQUENCY,
        RfmScores.MONETARY,
        RfmScores.SCORE,
        RfmScores.GROUP);
  }

  @Override
  public Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    hidden.forEach(trait -> columns.add(trait.name()));
    return columns;
  }

  @Override
  public String canonical() {
    return "rfm|" + bins;
  }

  @Override
  public Surveyed survey(Dataset<Row> persons, int k) {
    RfmScores scores =
        new RfmScores(
            name,
            Figures.column(hidden.get(0).name()),
            Figures.column(hidden.get(1).name()),
            Figures.column(hidden.get(2).name()),
            bins);
    return new Surveyed(scores.cuttings(persons), scores::of, report -> {});
  }
}
