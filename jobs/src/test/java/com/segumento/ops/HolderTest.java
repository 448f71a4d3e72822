package com.segumento.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.JavaProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolderTest {
  @TempDir Path directory;

  @Test
  void knowsAProcessOfThisMachineThatEnded() throws Exception {
    Holder self = Holder.self();
    Process process = JavaProcess.start(HolderTest.class, directory.resolve("log"));
    String startedAt = process.info().startInstant().orElseThrow().toString();
    Holder other = new Holder(self.host(), self.machine(), process.pid(), startedAt);
    process.destroyForcibly().waitFor();
    assertThat(self.knowsDead(other)).isTrue();
  }

  @Test
  void knowsAProcessWhoseNumberAnotherHasNow() {
    Holder self = Holder.self();
    Holder before = new Holder(self.host(), self.machine(), self.process(), "2020-01-01T00:00:00Z");
    assertThat(self.knowsDead(before)).isTrue();
  }

  @Test
  void saysNothingOfTheLivingAndOfOtherMachines() {
    Holder self = Holder.self();
    assertThat(self.knowsDead(self)).isFalse();
    assertThat(self.knowsDead(new Holder("there", "there/1", 1, "2020-01-01T00:00:00Z"))).isFalse();
    assertThat(self.knowsDead(new Holder(self.host(), self.machine(), self.process(), "")))
        .isFalse();
  }

  /** Stays until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.currentThread().join();
  }
}
