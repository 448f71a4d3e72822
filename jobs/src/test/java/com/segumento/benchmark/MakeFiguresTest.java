package com.segumento.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.benchmark.Contribution.Subject;
import com.segumento.benchmark.MakeFigures.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MakeFiguresTest {
  private static final Subject STATE = new Subject("place.state", "share");
  private static final MakeFigures FIGURES = new MakeFigures(new ReleaseRule(5, 50, 0.4), 2);

  @Test
  void eachClientWeighsTheSameWhateverItsSize() {
    List<Contribution> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clients.add(client("c" + i, Map.of("Goa", 30L, "Kerala", 70L)));
    }
    clients.add(client("giant", Map.of("Goa", 60_000L, "Kerala", 40_000L)));
    assertThat(FIGURES.of(STATE, clients, List.of()))
        .containsExactly(new Figure(STATE, "Goa", 0.35), new Figure(STATE, "Kerala", 0.65));
  }

  @Test
  void aRestThatWouldTellOfOneClientTakesInTheSmallestOther() {
    List<Contribution> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      clients.add(client("c" + i, Map.of("Assam", 20L, "Goa", 30L, "Kerala", 50L)));
    }
    clients.set(0, client("c0", Map.of("Bihar", 80L, "Assam", 10L, "Goa", 5L, "Kerala", 5L)));
    List<Figure> made = FIGURES.of(STATE, clients, List.of());
    assertThat(made).extracting(Figure::label).containsExactly("Kerala", "other");
    assertThat(made.stream().mapToDouble(Figure::value).sum()).isBetween(0.98, 1.02);
  }

  @Test
  void aFigureIsAboutThoseThatCameToo() {
    List<Contribution> clients = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      clients.add(client("c" + i, Map.of("Goa", 30L, "Kerala", 70L)));
    }
    Set<String> before = Set.of("c0", "c1", "c2", "c3", "c4");
    assertThat(FIGURES.of(STATE, clients, List.of(before))).hasSize(2);
    clients.set(9, client("c9", Map.of("Kerala", 100L)));
    assertThat(FIGURES.of(STATE, clients, List.of(before)))
        .as("four of the five that came are in Goa, which is too few")
        .isEmpty();
  }

  /** What is published and what follows from it, against the rule written out once more. */
  @Property(tries = 500)
  void nothingThatFollowsBreaksTheRule(@ForAll long seed) {
    Random chance = new Random(seed);
    List<Contribution> clients = new ArrayList<>();
    for (int i = 0; i < 3 + chance.nextInt(8); i++) {
      Map<String, Long> labels = new TreeMap<>();
      for (String label : List.of("a", "b", "c", "d", "e")) {
        long many = (long) Math.exp(chance.nextDouble() * 8) - 1 - chance.nextInt(3);
        if (many > 0) {
          labels.put(label, many);
        }
      }
      labels.merge("a", 1L, Long::sum);
      clients.add(client("c" + i, labels));
    }
    List<Figure> made = FIGURES.of(STATE, clients, List.of());
    List<String> open =
        made.stream().map(Figure::label).filter(label -> !label.equals("other")).toList();
    for (String label : open) {
      assertThat(fits(clients, List.of(label))).isTrue();
    }
    List<String> rest =
        List.of("a", "b", "c", "d", "e").stream()
            .filter(label -> !open.contains(label))
            .filter(label -> clients.stream().anyMatch(c -> c.of(STATE).containsKey(label)))
            .toList();
    assertThat(open.isEmpty() || rest.isEmpty() || fits(clients, rest)).isTrue();
  }

  private static boolean fits(List<Contribution> clients, List<String> labels) {
    long persons = 0;
    double sum = 0;
    int behind = 0;
    long most = 0;
    List<Double> shares = new ArrayList<>();
    for (Contribution client : clients) {
      long own = 0;
      for (String label : labels) {
        own += client.of(STATE).containsKey(label) ? client.of(STATE).get(label).persons() : 0;
      }
      behind += own > 0 ? 1 : 0;
      persons += own;
      most = Math.max(most, own);
      shares.add((double) own / client.persons(STATE));
      sum += shares.get(shares.size() - 1);
    }
    shares.sort(null);
    int n = shares.size();
    return behind >= 5
        && persons - most >= 50
        && shares.get(n - 1) <= 0.4 * (sum - shares.get(n - 2)) + 1e-9
        && shares.get(n - 2) <= 0.4 * (sum - shares.get(n - 1)) + 1e-9;
  }

  private static Contribution client(String id, Map<String, Long> labels) {
    Contribution.Builder builder = new Contribution.Builder();
    labels.forEach((label, many) -> builder.label(STATE, label, many));
    return builder.build(id);
  }
}
