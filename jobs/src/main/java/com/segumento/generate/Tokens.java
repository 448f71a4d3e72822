package com.segumento.generate;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.unhex;

import com.segumento.config.DatasetContract.Token.Scheme;
import org.apache.spark.sql.Column;

/**
 * Tokens as a client would deliver them: salted hashes of its customers' numbers.
 *
 * @param salt of this client; made up like its customers, so no secret
 */
record Tokens(String salt) {

  /** The token of a customer number in a scheme. */
  Column of(Column number, Scheme scheme) {
    Column salted = concat(lit(salt + ":"), number.cast("string"));
    Column hash = sha2(salted, scheme == Scheme.SHA512_HEX ? 512 : 256);
    return switch (scheme) {
      case SHA256_HEX, SHA512_HEX -> hash;
      case UUID ->
          concat(
              substring(hash, 1, 8),
              lit("-"),
              substring(hash, 9, 4),
              lit("-4"),
              substring(hash, 14, 3),
              lit("-a"),
              substring(hash, 18, 3),
              lit("-"),
              substring(hash, 21, 12));
      case OPAQUE -> base64(unhex(hash));
    };
  }
}
