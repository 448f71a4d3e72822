package com.segumento.lake;

import com.segumento.lake.ObjectStore.StoredObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;

/**
 * Rows of a table as of a version that may have been vacuumed since.
 *
 * @param wanted which of its rows are asked for, by partition columns
 */
public record PastRows(Lake lake, String path, long version, Column wanted) {

  /** Whether they can still be read: the version's log, and every file that holds one of them. */
  public boolean readable() {
    if (!lake.tables().exists(path)) {
      return false;
    }
    List<String> files;
    try {
      files = List.of(lake.tables().read(path, version).filter(wanted).inputFiles());
    } catch (Exception e) { // Scala throws what it does not declare
      if (e instanceof AnalysisException || e.getClass().getName().startsWith("org.apache.spark")) {
        return false; // the log no longer reaches back that far
      }
      throw e;
    }
    Set<String> there = new HashSet<>();
    for (StoredObject object : lake.objects().list(path)) {
      there.add(name(object.uri()));
    }
    // Delta gives each file a name of its own, whatever its partition.
    return files.stream().map(PastRows::name).allMatch(there::contains);
  }

  private static String name(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }
}
