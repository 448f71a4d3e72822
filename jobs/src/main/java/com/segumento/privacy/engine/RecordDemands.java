package com.segumento.privacy.engine;

import com.segumento.config.Export;
import com.segumento.privacy.anonymize.Demands;
import com.segumento.privacy.lattice.Effort;
import com.segumento.privacy.lattice.Estimator;
import com.segumento.privacy.lattice.GroundDistance;
import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Loss;
import com.segumento.privacy.lattice.PrivacyModel;
import java.util.ArrayList;
import java.util.List;

/**
 * What an export of records demands. A sensitive value that is missing is a value of its own where
 * shares are compared, and none where distinct values are counted.
 */
final class RecordDemands {
  private RecordDemands() {}

  static Demands of(RecordSettings settings, List<Hierarchy> sensitive) {
    List<PrivacyModel> models = new ArrayList<>(List.of(new PrivacyModel.KAnonymity(settings.k())));
    settings.diversity().ifPresent(l -> models.add(diversity(l, sensitive)));
    settings.closeness().ifPresent(t -> models.add(closeness(t, sensitive)));
    return new Demands(
        settings.k(), settings.suppressionLimit(), models, new Loss(), Effort.DEFAULT);
  }

  private static PrivacyModel diversity(Export.Diversity l, List<Hierarchy> sensitive) {
    int attribute = index(l.attribute(), sensitive);
    if (l.distinct() != null) {
      int missing = sensitive.get(attribute).code("").orElse(-1);
      return new PrivacyModel.DistinctDiversity(attribute, l.distinct(), missing);
    }
    return l.entropy() != null
        ? new PrivacyModel.EntropyDiversity(attribute, l.entropy(), Estimator.SHANNON)
        : new PrivacyModel.RecursiveDiversity(attribute, l.recursive().c(), l.recursive().l());
  }

  private static PrivacyModel closeness(Export.Closeness t, List<Hierarchy> sensitive) {
    GroundDistance distance =
        t.distance() == null
            ? GroundDistance.EQUAL
            : switch (t.distance()) {
              case EQUAL -> GroundDistance.EQUAL;
              case ORDERED -> GroundDistance.LISTED; // the domain is in its order already
              case HIERARCHICAL -> GroundDistance.HIERARCHICAL;
            };
    return new PrivacyModel.Closeness(index(t.attribute(), sensitive), t.max(), distance);
  }

  private static int index(String attribute, List<Hierarchy> sensitive) {
    for (int i = 0; i < sensitive.size(); i++) {
      if (sensitive.get(i).attribute().equals(attribute)) {
        return i;
      }
    }
    throw new IllegalStateException("The settings name attributes of the export only");
  }
}
