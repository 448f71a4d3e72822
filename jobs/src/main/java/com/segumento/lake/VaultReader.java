package com.segumento.lake;

import com.segumento.model.Vault;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads a client's vault. Used by what makes audiences and what judges them, and by nobody else; a
 * role that does neither needs no access to the prefix.
 */
public final class VaultReader {
  private VaultReader() {}

  /** The vault's rows, of {@link Vault#SCHEMA}; none where nothing was put there. */
  public static Dataset<Row> read(Workspace workspace) {
    String path = workspace.lake().layout().vault(workspace.clientId());
    return workspace.lake().tables().exists(path)
        ? workspace.lake().tables().read(path)
        : workspace.spark().createDataFrame(List.of(), Vault.SCHEMA);
  }
}
