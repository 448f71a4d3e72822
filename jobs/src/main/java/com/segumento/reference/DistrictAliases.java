package com.segumento.reference;

import com.segumento.model.NameKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Postal districts whose plain name is not that of the census district they were counted under. A
 * line may hold for all of a postal district, or for some of its pincodes only, which then outranks
 * the former. A line without a census district says that none is certain, and why.
 */
record DistrictAliases(Map<String, CensusMatch> byKey) {
  /** Name of the file in a folder. */
  static final String FILE = "district_aliases.csv";

  private static final String STATE = "state";
  private static final String DISTRICT = "district";
  private static final String PINCODES = "pincodes";
  private static final String PLACE_STATE = "place_state";
  private static final String PLACE_DISTRICT = "place_district";
  private static final String CENSUS_STATE = "census_state";
  private static final String CENSUS_DISTRICT = "census_district";
  private static final String RELATION = "relation";

  static DistrictAliases read(
      ReferenceFiles files, States states, CensusDistricts census, Problems problems) {
    CsvFile file =
        files.file(
            FILE,
            List.of(
                STATE,
                DISTRICT,
                PINCODES,
                PLACE_STATE,
                PLACE_DISTRICT,
                CENSUS_STATE,
                CENSUS_DISTRICT,
                RELATION),
            problems);
    Map<String, CensusMatch> aliases = new HashMap<>();
    for (CsvFile.Line line : file.lines()) {
      CensusMatch match = match(line, states, census, problems);
      for (String pincode : line.text(PINCODES).split(" +", -1)) {
        if (aliases.put(key(line.text(STATE), line.text(DISTRICT), pincode), match) != null) {
          problems.add(FILE, line.number(), "There is an earlier line for the same.");
        }
      }
    }
    return new DistrictAliases(Map.copyOf(aliases));
  }

  private static CensusMatch match(
      CsvFile.Line line, States states, CensusDistricts census, Problems problems) {
    String named = line.text(PLACE_STATE).isEmpty() ? line.text(STATE) : line.text(PLACE_STATE);
    States.State state = states.find(named);
    if (state == null) {
      problems.add(FILE, line.number(), States.FILE + " does not have the state.");
    }
    OptionalInt code = census.code(line.text(CENSUS_STATE), line.text(CENSUS_DISTRICT));
    if (code.isEmpty() && !line.text(CENSUS_DISTRICT).isEmpty()) {
      problems.add(FILE, line.number(), "The census does not have the district.");
    }
    String district =
        line.text(PLACE_DISTRICT).isEmpty() ? line.text(DISTRICT) : line.text(PLACE_DISTRICT);
    return new CensusMatch(
        state == null ? named : state.name(), district, code, line.text(RELATION));
  }

  /** What is known of a pincode's district beyond its name, or null. */
  CensusMatch find(String state, String district, String pincode) {
    CensusMatch match = byKey.get(key(state, district, pincode));
    return match != null ? match : byKey.get(key(state, district, ""));
  }

  private static String key(String state, String district, String pincode) {
    return NameKey.of(state) + "/" + NameKey.of(district) + "/" + pincode;
  }
}
