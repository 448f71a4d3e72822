package com.segumento.retention;

import static org.apache.spark.sql.functions.decode;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.udf;

import com.segumento.config.Export;
import com.segumento.lake.Needles;
import com.segumento.lake.Workspace;
import com.segumento.model.Vault;
import com.segumento.udf.PersonKey;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What to look for where persons of a client are to be gone: their tokens and keys, and the tokens
 * that each destination of the client knows them by.
 */
final class PersonNeedles {
  private final Workspace workspace;

  PersonNeedles(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * The needles.
   *
   * @param persons of {@link Vault#SCHEMA}; of a person whose token is not known, the token is null
   */
  Dataset<Row> of(Dataset<Row> persons) {
    Dataset<Row> needles = Needles.of(persons);
    for (String alias : destinations(workspace)) {
      needles = needles.union(Needles.ofTokens(as(persons, alias)));
    }
    return needles;
  }

  /** Aliases of the keys of all destinations that the client has now. */
  static List<String> destinations(Workspace workspace) {
    return workspace.client().exports().stream()
        .filter(export -> export.kind() == Export.Kind.AUDIENCE)
        .map(export -> export.destination().key())
        .distinct()
        .toList();
  }

  // The key stays a broadcast, as it does where audiences are made.
  private Dataset<Row> as(Dataset<Row> persons, String alias) {
    Broadcast<byte[]> key =
        JavaSparkContext.fromSparkContext(workspace.spark().sparkContext())
            .broadcast(workspace.secrets().secret(alias));
    return persons.select(
        encode(
                lower(
                    hex(
                        udf(new PersonKey(key), DataTypes.BinaryType)
                            .withName("destination_token")
                            .apply(decode(Vault.TOKEN.col(), "UTF-8")))),
                "UTF-8")
            .as(Vault.TOKEN.name()));
  }
}
