package com.segumento.reference;

import com.segumento.model.NameKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** States and union territories by every name they go or went under. */
record States(Map<String, State> byKey) {
  /** Name of the file in a folder. */
  static final String FILE = "states.csv";

  private static final String NAME = "name";
  private static final String STATE = "state";
  private static final String ZONE = "zone";
  private static final String CENSUS_STATES = "census_states";

  /**
   * A state.
   *
   * @param name as it is called today
   * @param zone its zonal council
   * @param censusStates the states of the census it lies in
   */
  record State(String name, String zone, List<String> censusStates) {}

  static States read(ReferenceFiles files, Problems problems) {
    CsvFile file = files.file(FILE, List.of(NAME, STATE, ZONE, CENSUS_STATES), problems);
    Map<String, State> states = new HashMap<>();
    for (CsvFile.Line line : file.lines()) {
      State state =
          new State(
              line.text(STATE),
              line.text(ZONE),
              List.of(line.text(CENSUS_STATES).split("\\|", -1)));
      if (states.put(NameKey.of(line.text(NAME)), state) != null) {
        problems.add(FILE, line.number(), "The name is there twice.");
      }
    }
    return new States(Map.copyOf(states));
  }

  /** The state of this name, or null. */
  State find(String name) {
    return byKey.get(NameKey.of(name));
  }
}
