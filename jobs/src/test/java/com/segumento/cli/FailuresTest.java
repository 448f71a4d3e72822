package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
  private final StringWriter err = new StringWriter();

  @Test
  void aStoreWithoutKeysIsAMistakeOfConfigurationAndNamesThem() throws Exception {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.s3a.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:1");
    hadoop.set("fs.s3a.endpoint.region", "ap-south-1");
    hadoop.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    Path lake = new Path("s3a://lake/ops/runs");
    try (FileSystem store = FileSystem.newInstance(lake.toUri(), hadoop)) {
      Exception failure = catchException(() -> store.getFileStatus(lake));
      assertThat(status(new IllegalStateException(failure))).isEqualTo(2);
    }
    assertThat(err.toString())
        .startsWith(
            "segumento: There are no keys for the object store of the lake: fs.s3a.access.key and"
                + " fs.s3a.secret.key are not in the credential provider")
        .contains("SEGUMENTO_SPARK_CONF")
        .doesNotContain("Unexpected");
  }

  @Test
  void keysTheStoreDoesNotTakeAreNotMissing() {
    assertThat(status(new IllegalStateException(new AccessDeniedException("lake")))).isEqualTo(1);
    assertThat(err.toString()).startsWith("segumento: Unexpected AccessDeniedException.");
  }

  private int status(Exception failure) {
    CommandLine command = new CommandLine(new Asked()).setErr(new PrintWriter(err));
    return new Failures().handleExecutionException(failure, command, null);
  }

  @Command(name = "asked")
  private static final class Asked {}
}
