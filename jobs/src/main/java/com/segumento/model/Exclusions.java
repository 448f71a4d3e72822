package com.segumento.model;

import static com.segumento.model.Field.optional;
import static com.segumento.model.Field.required;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Who of a client's persons is left out: one row per request and person. It knows persons by a mark
 * that is made of their key, so that it holds no key itself and may stay when a person is erased;
 * as the key is keyed by the client's secret, so is the mark.
 */
public final class Exclusions {
  /** Name of the table. */
  public static final String NAME = "exclusions";

  /** {@link #markOf} the person; 32 bytes. */
  public static final Field MARK = required("mark", DataTypes.BinaryType);

  /** A {@link Kind}, in lower case. */
  public static final Field KIND = required("kind", DataTypes.StringType);

  public static final Field REQUEST_ID = Requests.REQUEST_ID;

  /** Business date of the run that put it down. */
  public static final Field SINCE = required("since", DataTypes.DateType);

  /** First business date it no longer holds on; null while it holds. */
  public static final Field LIFTED = optional("lifted", DataTypes.DateType);

  public static final StructType SCHEMA = Field.schema(MARK, KIND, REQUEST_ID, SINCE, LIFTED);

  private static final byte[] PURPOSE = "segumento exclusion".getBytes(StandardCharsets.UTF_8);
  private static final int BITS = 256;

  /** Why a person is left out. */
  public enum Kind {
    /** Of everything: no row of theirs is taken in again. */
    ERASED,
    /** Of all that is computed, as are the others. */
    RESTRICTED,
    OBJECTING,
    WITHDRAWN;

    /** As {@link #KIND} has it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private Exclusions() {}

  /** The mark of a person: SHA-256 of a text of ours and the key. Null for null. */
  public static Column markOf(Column personKey) {
    return functions.unhex(
        functions.sha2(functions.concat(functions.lit(PURPOSE), personKey), BITS));
  }

  /** Whether a row holds on a business date. It does so for the dates before it, too. */
  public static Column inForce(java.time.LocalDate date) {
    return LIFTED.col().isNull().or(LIFTED.col().gt(functions.lit(date)));
  }
}
