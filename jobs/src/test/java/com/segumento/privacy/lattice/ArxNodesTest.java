package com.segumento.privacy.lattice;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every node of the adult table's lattice, as brute force counted it. */
@Tag("search")
class ArxNodesTest {
  private static final Path DATA = Repository.path("jobs/src/test/resources/arx");
  private static final int[] KS = {2, 5, 10, 100};
  private static final int FIRST = 5; // column of the first k's figures
  private static final int EACH = 4; // columns of each k
  private static final long ROLL_UPS = 64L << 20;

  private final ArxTable adult = new ArxTable(DATA, "adult");
  private final List<Hierarchy> quasi = adult.hierarchies(adult.columns());
  private final Hierarchy[] hierarchies = quasi.toArray(Hierarchy[]::new);
  private final Groups groups = adult.groups(quasi, List.of());
  private final Metric.Measure loss = new Loss().on(groups, hierarchies);
  private final Metric.Measure discernibility = new Discernibility(false).on(groups, hierarchies);
  private final Judge[] judges =
      Arrays.stream(KS)
          .mapToObj(k -> new Judge(groups, hierarchies, List.of(new PrivacyModel.KAnonymity(k))))
          .toArray(Judge[]::new);

  @Test
  void countsEveryNodeAsBruteForceDoes() throws IOException {
    RollUps tables = new RollUps(groups, ROLL_UPS);
    List<String> wrong = new ArrayList<>();
    int nodes = 0;
    try (BufferedReader lines = lines()) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] row = line.split(",", -1);
        int[] levels = Arrays.stream(row[0].split("-", -1)).mapToInt(Integer::parseInt).toArray();
        Node first = judges[0].judge(tables.under(levels), levels);
        tables.offer(first);
        RollUp at = RollUp.of(first);
        for (int i = 0; i < KS.length; i++) {
          Node node = i == 0 ? first : judges[i].judge(at, levels);
          if (!agrees(node, Arrays.copyOfRange(row, FIRST + i * EACH, FIRST + (i + 1) * EACH))) {
            wrong.add(row[0] + " k=" + KS[i]);
          }
        }
        nodes++;
      }
    }
    assertThat(nodes).isEqualTo(12960);
    assertThat(wrong).isEmpty();
  }

  private static BufferedReader lines() throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(DATA.resolve("adult_nodes.csv.gz"))),
            StandardCharsets.UTF_8));
  }

  private boolean agrees(Node node, String... figures) {
    return node.suppressed() == Long.parseLong(figures[0])
        && node.keptClasses() == Integer.parseInt(figures[1])
        && (long) discernibility.loss(node)[0] == Long.parseLong(figures[2])
        && Math.abs(loss.loss(node)[0] - Double.parseDouble(figures[3])) < 1e-9;
  }
}
