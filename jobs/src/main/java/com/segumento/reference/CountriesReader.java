package com.segumento.reference;

import com.segumento.model.Countries;
import com.segumento.model.NameKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Countries: {@code country_code, country, continent, spellings}, one line a country, further
 * spellings between bars. The table has one row a spelling.
 */
final class CountriesReader {
  /** Name of the file in a folder. */
  static final String FILE = "countries.csv";

  private static final String SPELLINGS = "spellings";
  private static final List<String> COLUMNS =
      List.of(
          Countries.COUNTRY_CODE.name(),
          Countries.COUNTRY.name(),
          Countries.CONTINENT.name(),
          SPELLINGS);

  private CountriesReader() {}

  static Content read(ReferenceFiles files, Problems problems) {
    CsvFile file = files.main(COLUMNS, problems);
    List<List<Object>> rows = new ArrayList<>();
    for (CsvFile.Line line : file.lines()) {
      String code = line.text(Countries.COUNTRY_CODE.name());
      String country = line.text(Countries.COUNTRY.name());
      if (!code.matches("[A-Z]{2}") || country.isEmpty()) {
        problems.add(
            file.name(), line.number(), "It needs a country and a code of two capital letters.");
      }
      for (String key : keys(country, line.text(SPELLINGS))) {
        rows.add(List.of(key, country, code, line.text(Countries.CONTINENT.name())));
      }
    }
    int countries = file.lines().size();
    return new Content(
        Countries.SCHEMA, file.name(), rows, report -> report.count("countries", countries));
  }

  private static Set<String> keys(String country, String spellings) {
    Set<String> keys = new LinkedHashSet<>();
    keys.add(NameKey.of(country));
    for (String spelling : spellings.split("\\|", -1)) {
      keys.add(NameKey.of(spelling));
    }
    keys.remove("");
    return keys;
  }
}
