package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences;
import com.segumento.model.ConfigException;
import com.segumento.udf.PersonKey;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The secret that tokens are hashed under for one destination. It is in no plan, log or message.
 */
public final class DestinationKey {
  private final byte[] secret;

  private DestinationKey(byte[] secret) {
    this.secret = secret;
  }

  /**
   * That of an audience.
   *
   * @throws ConfigException where there is none, where it could be guessed, or where it is also the
   *     key of another destination or of the client's persons
   */
  public static DestinationKey of(Workspace workspace, Export export) {
    Export.Destination destination = export.destination();
    if (destination == null) {
      throw new ConfigException("Audience " + export.name() + " has no destination.");
    }
    byte[] secret = workspace.secrets().secret(destination.key());
    if (secret.length < Audiences.SHORTEST_KEY) {
      throw new ConfigException(
          "The secret with the alias "
              + destination.key()
              + " is shorter than "
              + Audiences.SHORTEST_KEY
              + " bytes. Tokens made with it could be guessed; create a longer one.");
    }
    requireOther(secret, destination, workspace, workspace.client().keys().person());
    for (Export other : workspace.client().exports()) {
      if (other.destination() != null && !other.destination().id().equals(destination.id())) {
        requireOther(secret, destination, workspace, other.destination().key());
      }
    }
    return new DestinationKey(secret);
  }

  private static void requireOther(
      byte[] secret, Export.Destination destination, Workspace workspace, String alias) {
    if (MessageDigest.isEqual(secret, workspace.secrets().secret(alias))) {
      throw new ConfigException(
          "The secrets "
              + destination.key()
              + " and "
              + alias
              + " are one and the same. Destination "
              + destination.id()
              + " could join what is not meant for it; create a secret of its own.");
    }
  }

  /** The secret itself. */
  public byte[] secret() {
    return secret.clone();
  }

  /** A name that tells this key from others and nothing of it. */
  public String id() {
    return id(secret);
  }

  /** The {@link #id()} of a key with this secret, whether or not it may be used. */
  public static String id(byte[] secret) {
    byte[] name = PersonKey.of(secret, Audiences.KEY_NAMED_BY);
    return HexFormat.of().formatHex(Arrays.copyOf(name, Audiences.KEY_NAME_BYTES));
  }

  @Override
  public String toString() {
    return "DestinationKey";
  }
}
