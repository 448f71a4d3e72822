package com.segumento.attack;

import com.segumento.attack.Population.Delivered;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Attacks on the rows of one night by somebody who knows the persons, as the client does.
 *
 * @param lax rows of cells with a defence off
 * @param cells rows of the release
 * @param loose records without diversity, as a release
 * @param records records with it
 */
record CellAttacks(
    Population population,
    List<Cell> lax,
    List<Cell> cells,
    List<List<String>> loose,
    List<List<String>> records) {
  private static final double P = 0.2;

  /**
   * A row of cells.
   *
   * @param spend null where it is withheld
   */
  record Cell(String age, String gender, String place, long persons, BigDecimal spend) {
    /** Whether somebody may be in it, as the attacker knows the person and the reference data. */
    boolean mayHold(Delivered person) {
      return covers(age, person.age())
          && gender.equals(person.gender())
          && place.equals(Population.district(person));
    }
  }

  List<Attack> all() {
    return List.of(homogeneity(), linkage(), dominance(), repeated(), rare());
  }

  /** Whether a label of ages, as in {@code [20, 30)}, holds an age. */
  private static boolean covers(String label, int age) {
    if (!label.startsWith("[")) {
      return label.equals("*") || label.equals(Integer.toString(age));
    }
    String[] bounds = label.replaceAll("[\\[) ]", "").split(",", -1);
    return Integer.parseInt(bounds[0]) <= age && age < Integer.parseInt(bounds[1]);
  }

  private Attack homogeneity() {
    return new Attack(
        "Homogeneity",
        "looks for classes of records in which all have the same income: whoever is known to be in"
            + " one has it",
        Learned.of(homogeneous(loose), "person's income", "persons' income"),
        Learned.of(homogeneous(records), "person's income", "persons' income"),
        "l-diversity");
  }

  private static int homogeneous(List<List<String>> records) {
    return records.stream()
        .collect(Collectors.groupingBy(row -> row.subList(0, 2)))
        .values()
        .stream()
        .filter(rows -> rows.stream().map(row -> row.get(2)).distinct().count() == 1)
        .mapToInt(List::size)
        .sum();
  }

  private Attack linkage() {
    List<Cell> exact =
        counted(
            person ->
                List.of(
                    Integer.toString(person.age()), person.gender(), Population.district(person)));
    return new Attack(
        "Linkage with the reference data",
        "looks up the district of each pincode in the reference data, and each known person by age,"
            + " gender and district: who is in a row of fewer than k is found",
        Learned.of(linked(exact), "person", "persons"),
        Learned.of(linked(cells), "person", "persons"),
        "k, levels of generalization, roll-up to the place above");
  }

  /** Cells of the delivered persons with these labels, by age, gender and place. */
  private List<Cell> counted(Function<Delivered, List<String>> labels) {
    return population.persons().stream()
        .collect(Collectors.groupingBy(labels, Collectors.counting()))
        .entrySet()
        .stream()
        .map(
            cell ->
                new Cell(
                    cell.getKey().get(0),
                    cell.getKey().get(1),
                    cell.getKey().get(2),
                    cell.getValue(),
                    null))
        .toList();
  }

  private int linked(List<Cell> rows) {
    return Math.toIntExact(
        population.persons().stream()
            .filter(
                person ->
                    rows.stream().anyMatch(row -> row.persons() < World.K && row.mayHold(person)))
            .count());
  }

  private Attack dominance() {
    return new Attack(
        "Dominance",
        "is the second largest spender of a cell, and takes what it spends from the sum",
        dominated(lax),
        dominated(cells),
        "p% rule: a sum that comes that close to its largest share is withheld");
  }

  private Learned dominated(List<Cell> rows) {
    int close = 0;
    double nearest = Double.POSITIVE_INFINITY;
    for (Cell row : rows) {
      List<Integer> spent =
          population.persons().stream()
              .filter(row::mayHold)
              .map(Delivered::spend)
              .sorted(Comparator.reverseOrder())
              .toList();
      if (row.spend() != null && spent.size() > 1) {
        double estimate = row.spend().doubleValue() - spent.get(1);
        double off = (estimate - spent.get(0)) / spent.get(0);
        nearest = Math.min(nearest, off);
        close += off < P ? 1 : 0;
      }
    }
    return new Learned(
        close,
        close == 1 ? "person's spend" : "persons' spend",
        String.format(Locale.ROOT, "nearest estimate %.0f %% off", 100 * nearest));
  }

  private Attack repeated() {
    List<Cell> rows =
        Stream.concat(
                population.persons().stream()
                    .filter(person -> person.rows() >= World.K)
                    .map(person -> cell(person.gender(), person.rows())),
                Stream.of(cell(Population.NOBODY, Population.TIMES)))
            .toList();
    return new Attack(
        "Duplicate tokens that inflate k",
        "delivers one person a dozen times, and a dozen rows without a token, and looks for cells"
            + " of theirs",
        labelled(rows, Population.REPEATED, Population.NOBODY),
        labelled(cells, Population.REPEATED, Population.NOBODY),
        "k counts distinct persons; rows without a key are nobody's");
  }

  /** What a release has that counts rows. */
  private static Cell cell(String gender, long rows) {
    return new Cell("*", gender, "*", rows, null);
  }

  private Attack rare() {
    return new Attack(
        "Nulls and rare values",
        "looks for cells of a gender that few have, and of persons without a place",
        labelled(lax, Population.RARE, "unknown"),
        labelled(cells, Population.RARE, "unknown"),
        "missing values are a label like others, and k holds for it");
  }

  private static Learned labelled(List<Cell> rows, String... labels) {
    long found =
        rows.stream()
            .filter(
                row ->
                    Stream.of(labels)
                        .anyMatch(label -> List.of(row.gender(), row.place()).contains(label)))
            .count();
    return Learned.of(Math.toIntExact(found), "cell", "cells");
  }
}
