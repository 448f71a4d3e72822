package com.segumento.lake;

import static org.apache.spark.sql.functions.udf;

import com.segumento.model.ConfigException;
import com.segumento.udf.PersonKey;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Keys persons under a secret. The secret is with the executors until this is closed; it travels as
 * a broadcast, so that it is in no plan.
 */
public final class PersonKeys implements AutoCloseable {
  private static final int SHORTEST_KEY = 16;

  private final Broadcast<byte[]> key;
  private final UserDefinedFunction function;

  private PersonKeys(Broadcast<byte[]> key) {
    this.key = key;
    this.function = udf(new PersonKey(key), DataTypes.BinaryType).withName("person_key");
  }

  /** Under the client's own key, {@code keys.person}. */
  public static PersonKeys open(Workspace workspace) {
    return open(workspace, workspace.client().keys().person());
  }

  /**
   * Under the secret of an alias.
   *
   * @throws ConfigException where there is none, or it is too short to protect anybody
   */
  public static PersonKeys open(Workspace workspace, String alias) {
    byte[] key = workspace.secrets().secret(alias);
    if (key.length < SHORTEST_KEY) {
      throw new ConfigException(
          "The secret with the alias "
              + alias
              + " is shorter than "
              + SHORTEST_KEY
              + " bytes. Person keys made with it could be guessed; create a longer one.");
    }
    return new PersonKeys(
        JavaSparkContext.fromSparkContext(workspace.spark().sparkContext()).broadcast(key));
  }

  /** From token to person key. */
  public UserDefinedFunction function() {
    return function;
  }

  @Override
  public void close() {
    key.destroy();
  }
}
