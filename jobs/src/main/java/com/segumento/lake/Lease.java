package com.segumento.lake;

import com.segumento.lake.ClaimChain.Generation;
import com.segumento.model.LeaseHeldException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right to work on one client and business date, until it is closed or lost. */
public final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final int RENEWALS_PER_TIME_TO_LIVE = 4;

  private final String of;
  private final ClaimChain chain;
  private final Duration timeToLive;
  private final InstantSource clock;
  private final ScheduledExecutorService renewer;
  private Generation mine;
  private boolean closed;

  Lease(String of, ClaimChain chain, Generation taken, Duration timeToLive, InstantSource clock) {
    this.of = of;
    this.chain = chain;
    this.mine = taken;
    this.timeToLive = timeToLive;
    this.clock = clock;
    this.renewer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "lease of " + of);
              thread.setDaemon(true);
              return thread;
            });
    long pause = timeToLive.toMillis() / RENEWALS_PER_TIME_TO_LIVE;
    var unused =
        renewer.scheduleWithFixedDelay(this::renewOrWarn, pause, pause, TimeUnit.MILLISECONDS);
  }

  /**
   * Makes sure that the lease is still this run's; called before anything is published.
   *
   * @throws LeaseHeldException where it ran out or another run took it
   */
  public synchronized void check() {
    Claim newest = chain.newest().map(Generation::claim).orElse(null);
    if (newest == null || !newest.lease().equals(mine.claim().lease())) {
      throw lost(
          newest == null
              ? "it was removed"
              : "run " + newest.run() + " took it at " + newest.since());
    }
    if (closed || !clock.instant().isBefore(Instant.parse(mine.claim().until()))) {
      throw lost("it was not renewed and ran out at " + mine.claim().until());
    }
  }

  /** Renews the lease; false where another has taken it. */
  synchronized boolean renew() {
    if (closed) {
      return false;
    }
    Claim claim = mine.claim().renewed(clock.instant().plus(timeToLive));
    Generation next = new Generation(mine.number() + 1, claim);
    if (!chain.extend(next.number(), claim)) {
      return false;
    }
    mine = next;
    return true;
  }

  /** Gives the lease back; a lost one is left to who has it. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    renewer.shutdownNow();
    try {
      if (!chain.extend(mine.number() + 1, mine.claim().givenBack())) {
        LOG.warn("Lost the lease before it was given back: {}", of);
      }
    } catch (UncheckedIOException e) {
      // The work is done; the lease ends by itself.
      LOG.warn("Could not give back the lease: {} until={}", of, mine.claim().until(), e);
    }
  }

  // A store that does not answer now may answer next time; check() stops the run if it never does.
  private void renewOrWarn() {
    try {
      if (!renew()) {
        LOG.warn("Lost the lease: {}", of);
        renewer.shutdown();
      }
    } catch (RuntimeException e) {
      LOG.warn("Could not renew the lease: {}", of, e);
    }
  }

  private LeaseHeldException lost(String why) {
    return new LeaseHeldException(
        "Run "
            + mine.claim().run()
            + " lost its lease of "
            + of
            + ": "
            + why
            + ". It publishes nothing further. Start it again when no other run works on this"
            + " client.");
  }
}
