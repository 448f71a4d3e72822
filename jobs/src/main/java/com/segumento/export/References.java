package com.segumento.export;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.segumento.config.Client;
import com.segumento.lake.Workspace;
import com.segumento.model.Places;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** Which version of its reference data a client's profiles rest on. */
final class References {
  private References() {}

  /** By name of the reference, the newest first day of validity up to the business date. */
  static Map<String, String> inForce(Workspace workspace) {
    Map<String, String> versions = new TreeMap<>();
    for (String name : names(workspace.client().enrich())) {
      String path = workspace.lake().layout().reference(name);
      if (workspace.lake().tables().exists(path)) {
        Row newest =
            workspace
                .lake()
                .tables()
                .read(path)
                .filter(Places.VALID_FROM.col().leq(lit(workspace.date())))
                .agg(max(Places.VALID_FROM.col()))
                .collectAsList()
                .get(0);
        if (!newest.isNullAt(0)) {
          versions.put(name, newest.get(0).toString());
        }
      }
    }
    return versions;
  }

  private static Set<String> names(Client.Enrichment enrich) {
    Set<String> names = new TreeSet<>();
    if (enrich != null && enrich.location() != null) {
      names.add(enrich.location().reference());
    }
    if (enrich != null && enrich.demographics() != null) {
      names.add(enrich.demographics().reference());
    }
    return names;
  }
}
