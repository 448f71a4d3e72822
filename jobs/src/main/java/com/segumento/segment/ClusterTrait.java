package com.segumento.segment;

import com.segumento.config.Segments.Trait;
import com.segumento.segment.learned.ClusterProfile;
import com.segumento.segment.learned.Clusters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code cluster}: the number of the k-means cluster a person is in.
 *
 * @param least how few clusters
 * @param most how many; the best number is searched where they differ
 */
record ClusterTrait(String name, List<String> features, int least, int most)
    implements SurveyTrait {
  ClusterTrait {
    features = List.copyOf(features);
  }

  /** Clusters. */
  static final class Resolver implements PersonTraitResolver {
    @Override
    public boolean takes(Trait trait) {
      return trait.cluster() != null;
    }

    @Override
    public List<String> reads(Trait trait) {
      return trait.cluster().features();
    }

    @Override
    public Optional<PersonTrait> resolve(
        String name, Trait trait, Resolution resolution, List<String> problems) {
      List<String> features = trait.cluster().features();
      String[] range = trait.cluster().k().split("\\.\\.", 2);
      int least = Integer.parseInt(range[0]);
      int most = Integer.parseInt(range[range.length - 1]);
      boolean fine = Figures.numeric(features, "cluster.features", resolution.scope(), problems);
      if (least > most) {
        problems.add("cluster.k: " + least + " is more than " + most + ". Turn them round.");
        return Optional.empty();
      }
      return fine ? Optional.of(new ClusterTrait(name, features, least, most)) : Optional.empty();
    }
  }

  @Override
  public DataType type() {
    return DataTypes.IntegerType;
  }

  @Override
  public Set<String> columns() {
    return Set.copyOf(features);
  }

  @Override
  public List<TraitDefinition> hidden() {
    return List.of();
  }

  @Override
  public String canonical() {
    return "cluster|" + least + "|" + most + "|" + String.join("|", features);
  }

  @Override
  public Surveyed survey(Dataset<Row> persons, int k) {
    Clusters clusters = Clusters.find(name, features, least, most, persons, persons.count());
    return new Surveyed(
        List.of(),
        answers -> clusters.number(),
        report -> new ClusterProfile(clusters, k).report(persons, report));
  }
}
