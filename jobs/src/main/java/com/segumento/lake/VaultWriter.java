package com.segumento.lake;

import com.segumento.model.ClientId;
import com.segumento.model.Persons;
import com.segumento.model.Vault;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Adds to a client's vault; what lies there is never given back by it. No token and no person key
 * is in the table's log: no column has statistics, and no condition names one. Used by {@code
 * ingest} only.
 */
public final class VaultWriter {
  /** Not a column of the vault is to have statistics. */
  private static final Map<String, String> NO_STATISTICS =
      Map.of("delta.dataSkippingNumIndexedCols", "0");

  private final DeltaTables tables;
  private final MarkedWrites writes;
  private final String path;

  private VaultWriter(DeltaTables tables, MarkedWrites writes, String path) {
    this.tables = tables;
    this.writes = writes;
    this.path = path;
  }

  /** The vault of a client, declared where it is not there yet. */
  public static VaultWriter open(Workspace workspace) {
    ClientId client = workspace.clientId();
    DeltaTables tables = workspace.lake().tables();
    String path = workspace.lake().layout().vault(client);
    tables.declare(path, Vault.SCHEMA, List.of(), NO_STATISTICS);
    return new VaultWriter(tables, new MarkedWrites(workspace.spark()), path);
  }

  /**
   * Adds the persons that are not in the vault yet; done twice it adds nothing.
   *
   * @param persons rows of {@link Vault#SCHEMA}, any number a person
   * @param note of the commit; names and dates, never a person
   */
  public void add(Dataset<Row> persons, Map<String, String> note) {
    String key = Persons.PERSON_KEY.name();
    Dataset<Row> known = tables.read(path).select(Persons.PERSON_KEY.col());
    writes.append(
        path,
        persons
            .select(Persons.PERSON_KEY.col(), Vault.TOKEN.col())
            .dropDuplicates(new String[] {key})
            .join(known, new String[] {key}, "left_anti"),
        Map.of(),
        note);
  }
}
