package com.segumento.reference;

import com.segumento.model.Places;
import com.segumento.ops.StageReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Places of India: {@code pincodes.csv} has one line a pincode, with a coordinate that is often far
 * off. So a place's coordinate and tier are those of its district: the median of its pincodes.
 * Beside it lie {@code states.csv}, {@code cities.csv}, {@code census_districts.csv} and {@code
 * district_aliases.csv}.
 */
final class PlacesReader {
  /** Name of the file in a folder. */
  static final String FILE = "pincodes.csv";

  private static final String PLAIN_NAME = "name";
  private static final String CITIES = "cities.csv";
  private static final String POPULATION = "population";
  private static final List<String> COLUMNS =
      List.of(
          Places.PINCODE.name(),
          Places.DISTRICT.name(),
          Places.STATE.name(),
          Places.LATITUDE.name(),
          Places.LONGITUDE.name());

  private final Problems problems;
  private final States states;
  private final CensusDistricts census;
  private final DistrictAliases aliases;
  private final Tiers tiers;
  private int plainMatches;

  private PlacesReader(ReferenceFiles files, Problems problems) {
    this.problems = problems;
    states = States.read(files, problems);
    census = CensusDistricts.read(files, problems);
    aliases = DistrictAliases.read(files, states, census, problems);
    tiers = tiers(files, problems);
  }

  static Content read(ReferenceFiles files, Problems problems) {
    return new PlacesReader(files, problems).places(files);
  }

  private record Postal(String pincode, States.State state, CensusMatch match, Point point) {
    String districtKey() {
      return match.state() + "/" + match.district();
    }
  }

  private Content places(ReferenceFiles files) {
    CsvFile file = files.main(COLUMNS, problems);
    List<Postal> postal = postal(file);
    Map<String, List<Point>> points = new HashMap<>();
    for (Postal place : postal) {
      points.computeIfAbsent(place.districtKey(), key -> new ArrayList<>()).add(place.point());
    }
    Map<String, Point> centres = new HashMap<>();
    points.forEach((district, within) -> centres.put(district, Point.median(within)));
    Map<String, String> tierOf = new HashMap<>();
    centres.forEach((district, centre) -> tierOf.put(district, tiers.of(centre)));
    List<List<Object>> rows = new ArrayList<>();
    for (Postal place : postal) {
      rows.add(row(place, centres.get(place.districtKey()), tierOf.get(place.districtKey())));
    }
    return new Content(Places.SCHEMA, file.name(), rows, report -> figures(report, postal, tierOf));
  }

  private List<Postal> postal(CsvFile file) {
    Numbers numbers = new Numbers(file.name(), problems);
    List<Postal> postal = new ArrayList<>();
    for (CsvFile.Line line : file.lines()) {
      String pincode = line.text(Places.PINCODE.name());
      States.State state = states.find(line.text(Places.STATE.name()));
      Point point = numbers.point(line);
      if (!pincode.matches("[1-9][0-9]{5}")) {
        problems.add(
            file.name(), line.number(), "pincode is not six digits, the first of them not 0.");
      }
      if (state == null) {
        problems.add(file.name(), line.number(), States.FILE + " does not have the state.");
      } else {
        CensusMatch match = match(line, state, pincode);
        postal.add(new Postal(pincode, states.find(match.state()), match, point));
      }
    }
    return postal;
  }

  private CensusMatch match(CsvFile.Line line, States.State state, String pincode) {
    String district = line.text(Places.DISTRICT.name());
    OptionalInt plain =
        state.censusStates().stream()
            .map(name -> census.code(name, district))
            .filter(OptionalInt::isPresent)
            .findFirst()
            .orElse(OptionalInt.empty());
    plainMatches += plain.isPresent() ? 1 : 0;
    CensusMatch alias = aliases.find(line.text(Places.STATE.name()), district, pincode);
    if (alias != null) {
      return alias;
    }
    String relation = plain.isPresent() ? PLAIN_NAME : "unknown_district";
    return new CensusMatch(state.name(), district, plain, relation);
  }

  private static List<Object> row(Postal place, Point centre, String tier) {
    List<Object> row = new ArrayList<>(); // List.of takes no null
    row.add(place.pincode());
    row.add(place.match().district());
    row.add(place.match().state());
    row.add(place.state() == null ? null : place.state().zone());
    row.add(Places.COUNTRY_CODE);
    row.add(tier);
    row.add(centre.latitude());
    row.add(centre.longitude());
    OptionalInt code = place.match().census();
    row.add(code.isPresent() ? code.getAsInt() : null);
    return row;
  }

  private void figures(
      StageReport.Builder report, List<Postal> postal, Map<String, String> tierOf) {
    report.count("census_matched_by_plain_name", plainMatches);
    Map<String, Integer> unmatched = new TreeMap<>();
    for (Postal place : postal) {
      CensusMatch match = place.match();
      report.count("census_matched", match.census().isPresent() ? 1 : 0);
      report.breakdown("places_by_census_match", match.relation(), 1);
      report.breakdown("places_by_tier", tierOf.get(place.districtKey()), 1);
      if (match.census().isEmpty()) {
        String label = match.state() + ": " + match.district() + " (" + match.relation() + ")";
        unmatched.merge(label, 1, Integer::sum);
      }
    }
    unmatched.forEach((label, places) -> report.breakdown("places_unmatched", label, places));
  }

  private static Tiers tiers(ReferenceFiles files, Problems problems) {
    CsvFile file =
        files.file(
            CITIES, List.of(POPULATION, Places.LATITUDE.name(), Places.LONGITUDE.name()), problems);
    Numbers numbers = new Numbers(file.name(), problems);
    List<Tiers.City> cities = new ArrayList<>();
    for (CsvFile.Line line : file.lines()) {
      long population = numbers.count(line, POPULATION).orElse(0);
      cities.add(new Tiers.City(numbers.point(line), population));
    }
    return new Tiers(cities);
  }
}
