package com.segumento.model;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * An audience as its destination gets it: one row per listed segment and person, and nothing of the
 * person but a token that means something to this destination only: HMAC-SHA-256 of the client's
 * token under the destination's key, in lower-case hexadecimal digits. Rows are in the order of
 * their values; in which file a row is depends on its values alone.
 */
public final class Audiences {
  public static final Field SEGMENT_ID = Memberships.SEGMENT_ID;
  public static final Field TOKEN = Field.required("token", DataTypes.StringType);
  public static final StructType SCHEMA = Field.schema(SEGMENT_ID, TOKEN);

  /** Shortest destination key in bytes; a shorter one could be guessed. */
  public static final int SHORTEST_KEY = 16;

  /** The name of a destination's key is the beginning of this text's HMAC-SHA-256 under it. */
  public static final String KEY_NAMED_BY = "segumento destination key 1";

  /** Length in bytes of the name of a destination's key. */
  public static final int KEY_NAME_BYTES = 8;

  /** The files of an audience, by what they hold. */
  public enum Content {
    /** All who are listed. */
    LIST("part"),
    /** Who is in a list and was not in the one before. */
    JOINED("joined"),
    /** Who was in the list before and is in this one no longer. */
    LEFT("left");

    private final String stem;

    Content(String stem) {
      this.stem = stem;
    }

    /** What names of published files begin with, and the folder in staging is called. */
    public String stem() {
      return stem;
    }
  }

  private Audiences() {}
}
