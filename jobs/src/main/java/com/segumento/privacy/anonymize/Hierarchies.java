package com.segumento.privacy.anonymize;

import com.segumento.config.AnonymizeSpec;
import com.segumento.privacy.lattice.Hierarchy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The hierarchies of a table's attributes: those of files are read, and refused where they are
 * wrong, before the table is.
 *
 * @param files by attribute, those that are read from files
 */
record Hierarchies(
    AnonymizeSpec spec, HierarchySource source, InputTable table, Map<String, Hierarchy> files) {

  static Hierarchies of(
      AnonymizeSpec spec, HierarchySource source, InputTable table, HierarchyFiles read) {
    Map<String, Hierarchy> files = new HashMap<>();
    for (String name : table.attributes()) {
      read.of(name).ifPresent(hierarchy -> files.put(name, hierarchy));
    }
    return new Hierarchies(spec, source, table, files);
  }

  /** Attributes whose hierarchy is made of the values they have. */
  List<String> ofValues() {
    return table.attributes().stream().filter(name -> !files.containsKey(name)).toList();
  }

  /**
   * The table's combinations with the hierarchies of all its attributes.
   *
   * @param values distinct ones of {@link #ofValues}
   */
  Encoding encoding(Combinations combinations, Map<String, List<String>> values) {
    return new Encoding(
        combinations,
        all(table.quasi(), values),
        all(table.sensitive(), values),
        spec.privacy().k());
  }

  private List<Hierarchy> all(List<String> attributes, Map<String, List<String>> values) {
    return attributes.stream()
        .map(
            name ->
                files.containsKey(name)
                    ? files.get(name)
                    : source.ofValues(
                        name, spec.attributes().get(name).hierarchy(), values.get(name)))
        .toList();
  }
}
