package com.segumento.reference;

import com.segumento.model.NameKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Codes of the census districts by state and name. */
record CensusDistricts(Map<String, Integer> codes) {

  static CensusDistricts read(ReferenceFiles files, Problems problems) {
    CsvFile file =
        files.file(
            DemographicsReader.FILE,
            List.of(DemographicsReader.CODE, DemographicsReader.STATE, DemographicsReader.DISTRICT),
            problems);
    Numbers numbers = new Numbers(file.name(), problems);
    Map<String, Integer> codes = new HashMap<>();
    for (CsvFile.Line line : file.lines()) {
      String key = key(line.text(DemographicsReader.STATE), line.text(DemographicsReader.DISTRICT));
      int code = (int) numbers.count(line, DemographicsReader.CODE).orElse(0);
      if (codes.put(key, code) != null) {
        problems.add(file.name(), line.number(), "The state has two districts of this name.");
      }
    }
    return new CensusDistricts(Map.copyOf(codes));
  }

  OptionalInt code(String state, String district) {
    Integer code = codes.get(key(state, district));
    return code == null ? OptionalInt.empty() : OptionalInt.of(code);
  }

  private static String key(String state, String district) {
    return NameKey.of(state) + "/" + NameKey.of(district);
  }
}
