package com.segumento.privacy.anonymize;

import com.segumento.model.SuppressionLimit;
import com.segumento.privacy.lattice.Effort;
import com.segumento.privacy.lattice.Metric;
import com.segumento.privacy.lattice.PrivacyModel;
import java.util.List;

/**
 * What a plan is held to and chosen by.
 *
 * @param k distinct persons of a class at least
 * @param suppressionLimit share of the rows that may be suppressed
 * @param models all that every class is held to; k-anonymity is one of them
 * @param metric what is to be least
 */
public record Demands(
    int k, double suppressionLimit, List<PrivacyModel> models, Metric metric, Effort effort) {

  public Demands {
    models = List.copyOf(models);
  }

  /** How many of so many rows may be suppressed. */
  long allowed(long rows) {
    return SuppressionLimit.allowed(suppressionLimit, rows);
  }
}
