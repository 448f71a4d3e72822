package com.segumento.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of some machine, told apart from every other, and from one that had its number before.
 *
 * @param host for people to read
 * @param machine boot and process namespace: process numbers mean something within it only
 * @param process its number
 * @param startedAt when it was started, by the machine; empty where the machine does not tell
 */
public record Holder(String host, String machine, long process, String startedAt) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  /** This process. */
  public static Holder self() {
    ProcessHandle self = ProcessHandle.current();
    String host = hostName();
    return new Holder(host, host + "/" + boot(), self.pid(), startedAt(self));
  }

  /**
   * Whether {@code other} ran where this process runs and runs no longer. False where that can't be
   * known from here.
   */
  public boolean knowsDead(Holder other) {
    if (equals(other)
        || !machine.equals(other.machine)
        || startedAt.isEmpty()
        || other.startedAt.isEmpty()) {
      return false;
    }
    Optional<ProcessHandle> running =
        ProcessHandle.of(other.process).filter(ProcessHandle::isAlive);
    return running.isEmpty() || !startedAt(running.get()).equals(other.startedAt);
  }

  private static String startedAt(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown"; // a name for people; the lease does without
    }
  }

  // Containers may share a host's name without sharing its processes.
  private static String boot() {
    try {
      return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(NAMESPACE);
    } catch (IOException | UnsupportedOperationException e) {
      return ""; // not Linux: the host's name must do
    }
  }
}
