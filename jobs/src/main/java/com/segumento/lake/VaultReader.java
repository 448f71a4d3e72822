package com.segumento.lake;

import com.segumento.model.Vault;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads a client's vault for an audience. Used by what makes audiences and what judges them, and by
 * nothing else; of the other stages only ingest touches the vault, by {@link VaultWriter}.
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
