package com.segumento.reference;

import com.segumento.model.Sites;
import java.util.ArrayList;
import java.util.List;

/** A client's own places: {@code id, latitude, longitude}, one line a place. */
final class SitesReader {
  private static final List<String> COLUMNS =
      List.of(Sites.ID.name(), Sites.LATITUDE.name(), Sites.LONGITUDE.name());

  private SitesReader() {}

  static Content read(ReferenceFiles files, Problems problems) {
    CsvFile file = files.main(COLUMNS, problems);
    Numbers numbers = new Numbers(file.name(), problems);
    List<List<Object>> rows = new ArrayList<>();
    for (CsvFile.Line line : file.lines()) {
      String id = line.text(Sites.ID.name());
      if (id.isEmpty()) {
        problems.add(file.name(), line.number(), "id is empty.");
      }
      Point point = numbers.point(line);
      rows.add(List.of(id, point.latitude(), point.longitude()));
    }
    return new Content(Sites.SCHEMA, file.name(), rows, report -> {});
  }
}
