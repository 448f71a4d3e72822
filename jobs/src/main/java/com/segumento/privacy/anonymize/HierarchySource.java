package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.lake.Lake;
import com.segumento.model.ConfigException;
import com.segumento.model.Field;
import com.segumento.model.Places;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;

/** Makes the hierarchies a specification asks for. */
record HierarchySource(Lake lake, SpecPaths paths) {
  private static final String SEPARATOR = ";";
  private static final String UNKNOWN = "unknown";
  private static final List<Field> ABOVE =
      List.of(Places.DISTRICT, Places.STATE, Places.ZONE, Places.COUNTRY);

  /** Whether a hierarchy is made of the values of the table. */
  static boolean needsValues(AnonymizeSpec.Generalization how) {
    return how == null || how.file() == null;
  }

  /** The hierarchy of an attribute whose specification names a file. */
  Hierarchy ofFile(String attribute, AnonymizeSpec.Generalization how) {
    return Hierarchy.of(attribute, file(attribute, how));
  }

  /**
   * The hierarchy of an attribute that is made of its values; of them alone where the specification
   * gives none.
   */
  Hierarchy ofValues(String attribute, AnonymizeSpec.Generalization how, List<String> found) {
    if (found.isEmpty()) {
      return Hierarchy.of(attribute, List.of(List.of(Domains.TOP))); // of a table without rows
    }
    if (how == null) {
      return Hierarchy.of(attribute, found.stream().sorted().map(List::of).toList());
    }
    if (how.intervals() != null) {
      return Hierarchy.of(attribute, Domains.intervals(attribute, found, how.intervals()));
    }
    if (!how.date().isEmpty()) {
      return Hierarchy.of(attribute, Domains.dates(attribute, found, how.date()));
    }
    if (how.mask() != null) {
      return Hierarchy.of(attribute, Domains.masks(found, how.mask()));
    }
    Map<String, List<String>> places = places(how.places());
    return Hierarchy.of(attribute, Domains.places(attribute, found, places, ABOVE.size()));
  }

  private List<List<String>> file(String attribute, AnonymizeSpec.Generalization how) {
    String text =
        lake.objects()
            .text(paths.uri(how.file()))
            .orElseThrow(
                () ->
                    new ConfigException(
                        "The hierarchy file "
                            + how.file()
                            + " of "
                            + attribute
                            + " is not there. Check attributes."
                            + attribute
                            + ".hierarchy."));
    Pattern separator =
        Pattern.compile(Objects.requireNonNullElse(how.sep(), SEPARATOR), Pattern.LITERAL);
    List<List<String>> lines = new ArrayList<>();
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    bare.lines().forEach(line -> lines.add(List.of(separator.split(line, -1))));
    return lines;
  }

  /** By postal code what is above it. Districts of one name in two states are two. */
  private Map<String, List<String>> places(String path) {
    Map<String, List<String>> places = new HashMap<>();
    for (Row row :
        lake.tables()
            .read(paths.uri(path))
            .filter(Places.VALID_TO.col().isNull())
            .select(
                Places.PINCODE.col(),
                Places.DISTRICT.col(),
                Places.STATE.col(),
                Places.ZONE.col(),
                Places.COUNTRY.col())
            .collectAsList()) {
      List<String> above = new ArrayList<>();
      for (Field field : ABOVE) {
        above.add(Objects.requireNonNullElse(row.getAs(field.name()), UNKNOWN));
      }
      above.set(0, above.get(0) + ", " + above.get(1));
      places.putIfAbsent(row.getAs(Places.PINCODE.name()), List.copyOf(above));
    }
    return places;
  }
}
