package com.segumento.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasTest {

  @ParameterizedTest(name = "weights {0}")
  @ValueSource(strings = {"1", "1,1", "1,0,3", "0.1,0.2,0.3,0.4", "5,1,1,1,1,1,1000"})
  void givesEachThingItsShare(String text) {
    double[] weights =
        java.util.Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    Alias alias = new Alias(weights);
    double[] shares = new double[weights.length];
    for (int slot = 0; slot < alias.size(); slot++) {
      shares[slot] += alias.threshold(slot) / alias.size();
      shares[alias.other(slot)] += (1 - alias.threshold(slot)) / alias.size();
    }
    double total = java.util.Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      assertThat(shares[i]).isCloseTo(weights[i] / total, within(1e-12));
    }
  }
}
