package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.config.Export;
import com.segumento.model.ConfigException;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.lattice.AverageClassSize;
import com.segumento.privacy.lattice.Discernibility;
import com.segumento.privacy.lattice.Effort;
import com.segumento.privacy.lattice.Estimator;
import com.segumento.privacy.lattice.GroundDistance;
import com.segumento.privacy.lattice.Groups;
import com.segumento.privacy.lattice.Height;
import com.segumento.privacy.lattice.Hierarchy;
import com.segumento.privacy.lattice.Loss;
import com.segumento.privacy.lattice.Metric;
import com.segumento.privacy.lattice.NonUniformEntropy;
import com.segumento.privacy.lattice.OptimumSearch;
import com.segumento.privacy.lattice.Precision;
import com.segumento.privacy.lattice.PrivacyModel;
import com.segumento.privacy.lattice.Quality;
import com.segumento.privacy.lattice.Solution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds the plan a specification asks for.
 *
 * @param encoding the table with its hierarchies
 */
record Planner(AnonymizeSpec spec, Encoding encoding) {

  /**
   * What was found.
   *
   * @param start where the search began
   * @param groups the table as it is there
   * @param quality of the result
   * @param latticeSize nodes of the whole lattice
   */
  record Found(Plan plan, Start start, Groups groups, Quality quality, long latticeSize) {}

  /**
   * The best plan.
   *
   * @throws PrivacyRefused where there is none
   */
  Found find(Combinations.Summary summary) {
    long rows = summary.rows();
    long allowed = (long) Math.floor(spec.privacy().suppressionLimit() * rows);
    Effort effort = effort();
    Start start = Start.of(encoding, summary.combinations(), allowed, effort.memory() / 2);
    Groups groups = encoding.groups(start.levels());
    OptimumSearch search =
        new OptimumSearch(
            groups, encoding.quasi(), models(), metric(), allowed, effort, start.levels());
    Solution solution = search.run();
    if (solution == null) {
      throw new PrivacyRefused(
          "No generalization of the table keeps what privacy asks for with at most "
              + allowed
              + " of "
              + rows
              + " rows suppressed. Raise privacy.suppression_limit, ask for less, or give"
              + " hierarchies with more levels.");
    }
    if (!start.complete()) {
      double[] least = search.bound(start.necessary());
      if (Metric.compare(least, solution.loss()) < 0) {
        solution = solution.with(solution.checked(), least);
      }
    }
    Plan plan = new Plan(encoding.quasi(), solution, search.classes(solution.levels()));
    return new Found(
        plan, start, groups, search.quality(solution.levels()), search.lattice().size());
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
    spec.privacy().t().forEach(t -> models.add(closeness(t)));
    return models;
  }

  private PrivacyModel closeness(Export.Closeness t) {
    GroundDistance distance =
        t.distance() == null
            ? GroundDistance.EQUAL
            : switch (t.distance()) {
              case EQUAL -> GroundDistance.EQUAL;
              case ORDERED -> GroundDistance.ORDERED;
              case HIERARCHICAL -> GroundDistance.HIERARCHICAL;
            };
    int attribute = sensitive(t.attribute());
    Hierarchy domain = encoding.sensitive().get(attribute);
    if (distance == GroundDistance.HIERARCHICAL && domain.labels(domain.height()) > 1) {
      throw new ConfigException(
          "The hierarchy of "
              + t.attribute()
              + " ends in "
              + domain.labels(domain.height())
              + " labels. Expected one at its top, which hierarchical distances are made of.");
    }
    return new PrivacyModel.Closeness(attribute, t.max(), distance);
  }

  private int sensitive(String attribute) {
    List<Hierarchy> all = encoding.sensitive();
    for (int s = 0; s < all.size(); s++) {
      if (all.get(s).attribute().equals(attribute)) {
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
