package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.segumento.testkit.FailingDeletes;
import com.segumento.testkit.SparkExtension;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ObjectStoreTest {
  private final SparkSession spark = SparkExtension.session();
  private final ObjectStore objects = new ObjectStore(spark);
  private String folder;

  @BeforeEach
  void store(@TempDir Path directory) {
    FailingDeletes.in(spark, "");
    folder = "file:" + directory + "/drop";
    objects.write(folder + "/a", "a");
    objects.write(folder + "/b", "b");
  }

  @AfterEach
  void mend() {
    FailingDeletes.out(spark);
  }

  @Test
  void triesADeleteAgainThatTheStoreFailsAt() {
    FailingDeletes.THROWING.set(2);
    objects.deleteForGood(folder);
    assertThat(objects.everything(folder)).isEmpty();
  }

  @Test
  void doesNotBelieveADeleteThatLeftSomething() {
    FailingDeletes.SILENT.set(3);
    objects.deleteForGood(folder);
    assertThat(objects.everything(folder)).isEmpty();
  }

  @Test
  void failsWhereTheStoreNeverDeletes() {
    for (AtomicInteger failing :
        new AtomicInteger[] {FailingDeletes.THROWING, FailingDeletes.SILENT}) {
      failing.set(Integer.MAX_VALUE);
      assertThatThrownBy(() -> objects.deleteForGood(folder))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("The store did not delete " + folder);
      assertThat(objects.everything(folder)).hasSize(2);
      failing.set(0);
    }
  }
}
