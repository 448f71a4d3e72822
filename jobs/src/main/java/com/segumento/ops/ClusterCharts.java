package com.segumento.ops;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the clusters of a client's persons are like. */
final class ClusterCharts {
  private ClusterCharts() {}

  static List<Chart> of(StageReport report) {
    List<Chart> charts = new ArrayList<>();
    Map<String, Double> shares = report.breakdowns().get("cluster_share");
    if (shares != null) {
      charts.add(
          new Chart(
              Chart.Kind.BARS,
              "Clusters",
              "Share of the persons in each cluster; those too small to state are left out.",
              "Cluster",
              "%",
              List.copyOf(shares.keySet()),
              List.of(new Chart.Series("Persons", List.copyOf(shares.values())))));
    }
    Map<String, Double> profile = report.breakdowns().get("cluster_profile");
    if (profile != null) {
      Map<String, Map<String, Double>> clusters = Chart.split(profile);
      Set<String> features = new LinkedHashSet<>();
      clusters.values().forEach(means -> features.addAll(means.keySet()));
      charts.add(
          Chart.heat(
              "Profile by cluster",
              "Mean of each feature in the cluster less everyone's, in standard deviations.",
              "Cluster",
              "standard deviations",
              List.copyOf(clusters.keySet()),
              List.copyOf(features),
              (cluster, feature) -> clusters.get(cluster).get(feature)));
    }
    return charts;
  }
}
