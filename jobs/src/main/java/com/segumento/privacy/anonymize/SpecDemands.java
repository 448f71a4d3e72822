package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.config.Export;
import com.segumento.model.ConfigException;
import com.segumento.privacy.lattice.AverageClassSize;
import com.segumento.privacy.lattice.Discernibility;
import com.segumento.privacy.lattice.Effort;
import com.segumento.privacy.lattice.Estimator;
import com.segumento.privacy.lattice.GroundDistance;
import com.segumento.privacy.lattice.Height;
import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Loss;
import com.segumento.privacy.lattice.Metric;
import com.segumento.privacy.lattice.NonUniformEntropy;
import com.segumento.privacy.lattice.Precision;
import com.segumento.privacy.lattice.PrivacyModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a specification demands.
 *
 * @param sensitive domains of the sensitive attributes, in the order of the table
 */
record SpecDemands(AnonymizeSpec spec, List<Hierarchy> sensitive) {

  Demands demands() {
    return new Demands(
        spec.privacy().k(), spec.privacy().suppressionLimit(), models(), metric(), effort());
  }

  private Effort effort() {
    AnonymizeSpec.Limits limits = spec.limits();
    return new Effort(
        Objects.requireNonNullElse(limits.threads(), Effort.DEFAULT.threads()),
        Objects.requireNonNullElse(limits.memory(), Effort.DEFAULT.memory()),
        Objects.requireNonNullElse(limits.nodes(), Effort.DEFAULT.nodes()));
  }

  private List<PrivacyModel> models() {
    List<PrivacyModel> models = new ArrayList<>();
    models.add(new PrivacyModel.KAnonymity(spec.privacy().k()));
    for (Export.Diversity l : spec.privacy().l()) {
      int attribute = sensitive(l.attribute());
      if (l.distinct() != null) {
        models.add(new PrivacyModel.DistinctDiversity(attribute, l.distinct()));
      } else if (l.entropy() != null) {
        models.add(new PrivacyModel.EntropyDiversity(attribute, l.entropy(), Estimator.SHANNON));
      } else {
        models.add(
            new PrivacyModel.RecursiveDiversity(attribute, l.recursive().c(), l.recursive().l()));
      }
    }
    for (Export.Closeness t : spec.privacy().t()) {
      GroundDistance distance =
          t.distance() == null
              ? GroundDistance.EQUAL
              : switch (t.distance()) {
                case EQUAL -> GroundDistance.EQUAL;
                case ORDERED -> GroundDistance.ORDERED;
                case HIERARCHICAL -> GroundDistance.HIERARCHICAL;
              };
      int attribute = sensitive(t.attribute());
      Hierarchy domain = sensitive.get(attribute);
      if (distance == GroundDistance.HIERARCHICAL && domain.labels(domain.height()) > 1) {
        throw new ConfigException(
            "The hierarchy of "
                + t.attribute()
                + " ends in "
                + domain.labels(domain.height())
                + " labels. Expected one at its top, which hierarchical distances are made of.");
      }
      models.add(new PrivacyModel.Closeness(attribute, t.max(), distance));
    }
    return models;
  }

  private int sensitive(String attribute) {
    for (int s = 0; s < sensitive.size(); s++) {
      if (sensitive.get(s).attribute().equals(attribute)) {
        return s;
      }
    }
    throw ConfigException.invalid("privacy", attribute, "an attribute whose role is sensitive");
  }

  private Metric metric() {
    return switch (spec.utility().metric()) {
      case LOSS -> loss();
      case DISCERNIBILITY -> new Discernibility(false);
      case AVERAGE_CLASS_SIZE -> new AverageClassSize();
      case HEIGHT -> new Height();
      case PRECISION -> new Precision(false);
      case ENTROPY -> new NonUniformEntropy(false);
    };
  }

  private Metric loss() {
    Map<String, Double> weights = new HashMap<>();
    spec.attributes()
        .forEach(
            (name, attribute) -> {
              if (attribute.weight() != null) {
                weights.put(name, attribute.weight());
              }
            });
    return new Loss(
        weights,
        spec.utility().balance(),
        switch (spec.utility().aggregate()) {
          case GEOMETRIC -> Loss.Aggregate.GEOMETRIC_MEAN;
          case ARITHMETIC -> Loss.Aggregate.ARITHMETIC_MEAN;
        });
  }
}
