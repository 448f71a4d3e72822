package com.segumento.lake;

import com.segumento.model.ConfigException;
import com.segumento.model.DataContractException;
import com.segumento.model.Field;
import com.segumento.model.Places;
import java.sql.Date;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows of a reference that are valid on the business date, unique by their key.
 *
 * @param version of the reference table
 */
public record ValidReference(String name, long version, Dataset<Row> rows) {

  /**
   * Opens the newest version of a reference.
   *
   * @throws ConfigException where it has no rows on that date
   * @throws DataContractException where it has two of the same key, which would double persons
   */
  public static ValidReference open(Workspace workspace, String name, Field key) {
    String table = workspace.lake().layout().reference(name);
    if (!workspace.lake().tables().exists(table)) {
      throw missing(workspace, name, "is not loaded");
    }
    long version = workspace.lake().tables().version(table);
    Dataset<Row> rows =
        workspace.lake().tables().read(table, version).filter(on(Date.valueOf(workspace.date())));
    Row found = rows.agg(functions.count(key.col()), functions.count_distinct(key.col())).first();
    if (found.getLong(0) == 0) {
      throw missing(workspace, name, "has no version that is valid on " + workspace.date());
    }
    if (found.getLong(0) != found.getLong(1)) {
      throw new DataContractException(
          "Reference "
              + name
              + " has "
              + (found.getLong(0) - found.getLong(1))
              + " rows too many for its keys on "
              + workspace.date()
              + ". Load it again with `segumento reference load`.");
    }
    return new ValidReference(name, version, rows);
  }

  // Every reference table has these two columns, under the same names.
  private static Column on(Date date) {
    return Places.VALID_FROM
        .col()
        .leq(date)
        .and(Places.VALID_TO.col().isNull().or(Places.VALID_TO.col().gt(date)));
  }

  private static ConfigException missing(Workspace workspace, String name, String what) {
    return new ConfigException(
        "Client "
            + workspace.clientId()
            + " is enriched by reference "
            + name
            + ", which "
            + what
            + ". Load it with `segumento reference load --name "
            + name
            + "`.");
  }
}
