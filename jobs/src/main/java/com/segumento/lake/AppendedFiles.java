package com.segumento.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;

/**
 * What commits added to a table, as its log has it: no row is read.
 *
 * @param after the version before them
 * @param upTo the version of the last of them
 */
public record AppendedFiles(SparkSession spark, String path, long after, long upTo) {

  /**
   * Names of the files they added, as {@code _metadata.file_name} has them; nothing where one of
   * them did anything else, so that a row of before may be another one or gone.
   */
  public Optional<Set<String>> names() {
    return files()
        .map(
            files ->
                files.stream()
                    .map(file -> file.path().substring(file.path().lastIndexOf('/') + 1))
                    .collect(Collectors.toSet()));
  }

  /** The same files as the log has them. */
  Optional<List<AddFile>> files() {
    List<AddFile> files = new ArrayList<>();
    if (after == upTo) {
      return Optional.of(files);
    }
    var commits =
        DeltaLog.forTable(spark, new Path(path))
            .getChanges(after + 1, upTo, scala.Option.empty(), true);
    while (commits.hasNext()) {
      var actions = commits.next()._2().iterator();
      while (actions.hasNext()) {
        Action action = actions.next();
        if (action instanceof AddFile file && file.deletionVector() == null) {
          files.add(file);
        } else if (!(action instanceof CommitInfo)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(files);
  }
}
