package com.segumento.lake;

import com.segumento.lake.ClaimChain.Generation;
import com.segumento.model.ClientId;
import com.segumento.model.LeaseHeldException;
import com.segumento.ops.Holder;
import com.segumento.ops.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps two drivers off one client and business date. A lease ends when its holder gives it back,
 * or some time after its holder stopped renewing it; a holder known to be dead on this machine is
 * not waited for. The machines' clocks must agree to well within {@link #TIME_TO_LIVE}.
 */
public final class Leases {
  /** How long a lease outlives a holder that was killed elsewhere. */
  public static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

  /** Of a request of the whole client. */
  private static final String WHOLE = "client";

  private static final String RETENTION = "retention";

  private final Lake lake;
  private final Duration timeToLive;
  private final InstantSource clock;
  private final Holder self;

  public Leases(Lake lake) {
    this(lake, TIME_TO_LIVE, Ticker::now, Holder.self());
  }

  Leases(Lake lake, Duration timeToLive, InstantSource clock, Holder self) {
    this.lake = lake;
    this.timeToLive = timeToLive;
    this.clock = clock;
    this.self = self;
  }

  /**
   * Takes the lease for {@code run}; it renews itself until it is closed.
   *
   * @throws LeaseHeldException where another holds it
   * @throws com.segumento.model.ConfigException where the client is archived or offboarded
   */
  public Lease take(ClientId client, LocalDate date, String run) {
    return take("client " + client + " on " + date, client, date.toString(), run);
  }

  /**
   * Takes the lease for {@code question} on what is told of a client's persons.
   *
   * @throws LeaseHeldException where another question is being answered
   */
  public Lease takeQuestions(ClientId client, String question) {
    return take("the questions of client " + client, client, "questions", question);
  }

  /**
   * Takes the lease for {@code run} on the release memory of a client, which runs of different
   * dates share.
   *
   * @throws LeaseHeldException where another run is making releases
   */
  public Lease takeReleases(ClientId client, String run) {
    return take("the releases of client " + client, client, "releases", run);
  }

  /**
   * Takes the lease for a request of the whole client. It keeps other such requests off; runs are
   * kept off by what {@link ClientLedger} says of the client, so that {@link #requireFree} is to be
   * asked before that is written, and after.
   *
   * @throws LeaseHeldException where another request of the whole client is carried out
   */
  public Lease takeWhole(ClientId client, String request) {
    return claim(name(client, WHOLE), client + "/" + WHOLE, request);
  }

  /**
   * Takes the lease for the retention of a client in {@code run}: as long as it is held, nothing
   * else reads or writes the client's tables. Both sides claim first and look then, so that of two
   * at once one gives way, or both.
   *
   * @throws LeaseHeldException where another run, request or question works on the client
   */
  public Lease takeRetention(ClientId client, String run) {
    Lease lease = claim(name(client, RETENTION), client + "/" + RETENTION, run);
    try {
      requireFree(client, run);
      return lease;
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Makes sure that no run works on a client, of whatever date.
   *
   * @throws LeaseHeldException where one does
   */
  public void requireFree(ClientId client) {
    requireFree(client, "");
  }

  private void requireFree(ClientId client, String but) {
    for (String place : lake.objects().names(folder(client))) {
      if (place.equals(WHOLE)) {
        continue;
      }
      new ClaimChain(lake.objects(), folder(client) + "/" + place)
          .newest()
          .map(Generation::claim)
          .filter(claim -> claim.holds(clock.instant(), self) && !claim.run().equals(but))
          .ifPresent(
              claim -> {
                throw held(name(client, place), claim);
              });
    }
  }

  private void requireNoRetention(ClientId client) {
    new ClaimChain(lake.objects(), folder(client) + "/" + RETENTION)
        .newest()
        .map(Generation::claim)
        .filter(claim -> claim.holds(clock.instant(), self))
        .ifPresent(
            claim -> {
              throw held(name(client, RETENTION), claim);
            });
  }

  private static String name(ClientId client, String place) {
    return place.equals(WHOLE)
        ? "client " + client + " as a whole"
        : "client " + client + ": " + place;
  }

  private String folder(ClientId client) {
    return lake.layout().ops("leases") + "/" + client;
  }

  private Lease take(String of, ClientId client, String place, String run) {
    Lease lease = claim(of, client + "/" + place, run);
    try {
      ClientLedger.of(lake).requireActive(client);
      requireNoRetention(client);
      return lease;
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private Lease claim(String of, String place, String run) {
    ClaimChain chain = new ClaimChain(lake.objects(), lake.layout().ops("leases") + "/" + place);
    while (true) {
      Optional<Generation> newest = chain.newest();
      Instant now = clock.instant();
      if (newest.isPresent() && newest.get().claim().holds(now, self)) {
        throw held(of, newest.get().claim());
      }
      long number = newest.map(Generation::number).orElse(0L) + 1;
      Claim claim =
          new Claim(
              run,
              UUID.randomUUID().toString(),
              self,
              now.toString(),
              now.plus(timeToLive).toString(),
              false);
      if (chain.extend(number, claim)) {
        return new Lease(of, chain, new Generation(number, claim), timeToLive, clock);
      } // else another was first: see who holds it now
    }
  }

  private static LeaseHeldException held(String of, Claim by) {
    return new LeaseHeldException(
        "Run "
            + by.run()
            + " has worked on "
            + of
            + " since "
            + by.since()
            + " (process "
            + by.holder().process()
            + " on "
            + by.holder().host()
            + "). Start again when it has ended; if it was killed, its lease ends at "
            + by.until()
            + ".");
  }
}
