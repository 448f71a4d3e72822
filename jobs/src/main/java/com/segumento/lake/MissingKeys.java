package com.segumento.lake;

import com.segumento.model.ConfigException;
import java.util.Optional;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;

/** Tells an object store that was asked without any keys from all else that fails over it. */
public final class MissingKeys {
  private static final int DEEPEST_CAUSE = 20;

  private MissingKeys() {}

  /** What to say of a failure that comes of missing keys; nothing of another. */
  public static Optional<ConfigException> behind(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof NoAuthWithAWSException) {
        return Optional.of(
            new ConfigException(
                "There are no keys for the object store of the lake: fs.s3a.access.key and"
                    + " fs.s3a.secret.key are not in the credential provider"
                    + " (hadoop.security.credential.provider.path, in spark-defaults.conf or the"
                    + " file that SEGUMENTO_SPARK_CONF names), nor has anything else keys that"
                    + " fs.s3a.aws.credentials.provider asks. Name the provider that has them, or"
                    + " create each with: segumento secret create ALIAS",
                failure));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
