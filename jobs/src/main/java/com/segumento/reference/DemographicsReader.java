package com.segumento.reference;

import com.segumento.model.Demographics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Demographics: one line a census district, counts of people and households; the table has their
 * shares. Literate people, workers and graduates are shares of all people, whatever their age;
 * urban, internet and car are shares of all households; affluent is a share of the households in
 * the purchasing-power sample, and null where that is small.
 */
final class DemographicsReader {
  /** Name of the file in a folder. */
  static final String FILE = "census_districts.csv";

  static final String CODE = "district_code";
  static final String STATE = "state";
  static final String DISTRICT = "district";
  private static final String POPULATION = "population";
  private static final String MALE = "male";
  private static final String FEMALE = "female";
  private static final String LITERATE = "literate";
  private static final String WORKERS = "workers";
  private static final String GRADUATES = "graduates";
  private static final String UNDER_30 = "age_0_29";
  private static final String HOUSEHOLDS = "households";
  private static final String URBAN = "urban_households";
  private static final String INTERNET = "internet_households";
  private static final String CAR = "car_households";
  private static final String AFFLUENT = "power_parity_above_545000";
  private static final String SAMPLE = "power_parity_total";
  private static final List<String> COUNTS =
      List.of(
          CODE,
          POPULATION,
          MALE,
          FEMALE,
          LITERATE,
          WORKERS,
          GRADUATES,
          UNDER_30,
          HOUSEHOLDS,
          URBAN,
          INTERNET,
          CAR,
          AFFLUENT,
          SAMPLE);

  /** Households below which the purchasing-power sample says nothing. */
  static final long SMALLEST_SAMPLE = 100;

  private static final double DECIMALS = 10_000;

  private DemographicsReader() {}

  static Content read(ReferenceFiles files, Problems problems) {
    List<String> columns = new ArrayList<>(COUNTS);
    columns.addAll(List.of(STATE, DISTRICT));
    CsvFile file = files.main(columns, problems);
    Numbers numbers = new Numbers(file.name(), problems);
    List<List<Object>> rows = new ArrayList<>();
    for (CsvFile.Line line : file.lines()) {
      Map<String, Long> counts = new TreeMap<>();
      for (String column : COUNTS) {
        counts.put(column, numbers.count(line, column).orElse(0));
      }
      checkParts(file.name(), line.number(), counts, problems);
      rows.add(row(line, counts));
    }
    return new Content(Demographics.SCHEMA, file.name(), rows, report -> {});
  }

  private static void checkParts(
      String file, int line, Map<String, Long> counts, Problems problems) {
    check(
        file, line, counts, POPULATION, List.of(LITERATE, WORKERS, GRADUATES, UNDER_30), problems);
    check(file, line, counts, HOUSEHOLDS, List.of(URBAN, INTERNET, CAR), problems);
    check(file, line, counts, SAMPLE, List.of(AFFLUENT), problems);
  }

  private static void check(
      String file,
      int line,
      Map<String, Long> counts,
      String whole,
      List<String> parts,
      Problems problems) {
    for (String part : parts) {
      if (counts.get(part) > counts.get(whole)) {
        problems.add(file, line, part + " is more than " + whole + ".");
      }
    }
  }

  private static List<Object> row(CsvFile.Line line, Map<String, Long> counts) {
    List<Object> row = new ArrayList<>(); // List.of takes no null
    row.add(counts.get(CODE).intValue());
    row.add(line.text(STATE));
    row.add(line.text(DISTRICT));
    row.add(counts.get(POPULATION));
    row.add(ratio(counts, LITERATE, POPULATION, 1));
    row.add(ratio(counts, FEMALE, MALE, 1000));
    row.add(ratio(counts, URBAN, HOUSEHOLDS, 1));
    row.add(ratio(counts, WORKERS, POPULATION, 1));
    row.add(ratio(counts, GRADUATES, POPULATION, 1));
    row.add(ratio(counts, INTERNET, HOUSEHOLDS, 1));
    row.add(ratio(counts, CAR, HOUSEHOLDS, 1));
    row.add(ratio(counts, UNDER_30, POPULATION, 1));
    row.add(counts.get(SAMPLE) < SMALLEST_SAMPLE ? null : ratio(counts, AFFLUENT, SAMPLE, 1));
    return row;
  }

  private static Double ratio(Map<String, Long> counts, String part, String whole, int times) {
    long all = counts.get(whole);
    return all == 0 ? null : Math.round(DECIMALS * times * counts.get(part) / all) / DECIMALS;
  }
}
