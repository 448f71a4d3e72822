package com.segumento.client;

import com.segumento.config.Client;
import com.segumento.lake.ClientLedger;
import com.segumento.lake.ClientLedger.Entry;
import com.segumento.lake.ClientLedger.State;
import com.segumento.lake.Holds;
import com.segumento.lake.ObjectStore;
import com.segumento.lake.PendingUploads;
import com.segumento.lake.SecretStore;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends everything we hold of a client: its prefixes, and the keys by which its persons could be
 * told. What is certified was listed empty after the last delete. Killed at any step and started
 * again it ends the same.
 *
 * <p>It knows nothing of copies elsewhere: versions that a bucket keeps, its replicas, backups of
 * the credential provider. Ledgers keep the client's id.
 */
public final class Offboarding {
  private static final Logger LOG = LoggerFactory.getLogger(Offboarding.class);

  private final Desk desk;
  private final Issue issue;
  private final ObjectStore objects;
  private final Steps steps;

  public Offboarding(Desk desk, Issue issue) {
    this(desk, issue, Steps.ALL);
  }

  Offboarding(Desk desk, Issue issue, Steps steps) {
    this.desk = desk;
    this.issue = issue;
    this.objects = desk.lake().objects();
    this.steps = steps;
  }

  /**
   * What is, or would be, removed.
   *
   * @param aliases of secrets
   */
  public record Plan(List<Below> prefixes, Set<String> aliases) {
    public Plan {
      prefixes = List.copyOf(prefixes);
    }
  }

  /** What would be removed now; writes nothing. */
  public static Plan plan(Desk desk, Client client) {
    ClientPlaces places = new ClientPlaces(desk.lake(), desk.configuration(), client);
    return new Plan(
        places.prefixes().stream().map(prefix -> Below.of(desk.lake(), prefix)).toList(),
        places.aliases());
  }

  /**
   * Offboards a client, and gives the certificate's id.
   *
   * @throws ConfigException where there is a legal hold on it
   * @throws com.segumento.model.LeaseHeldException where a run works on it
   * @throws java.io.UncheckedIOException where something can't be deleted; then there is no
   *     certificate
   */
  public String offboard(Client client) {
    ClientPlaces places = new ClientPlaces(desk.lake(), desk.configuration(), client);
    ClientId id = places.id();
    Optional<Entry> done =
        ClientLedger.of(desk.lake()).life(id).filter(e -> e.state() == State.OFFBOARDED);
    if (done.isPresent()
        && plan(desk, client).prefixes().stream().allMatch(p -> p.objects() == 0)) {
      return done.get().id();
    }
    SecretStore secrets = SecretStore.of(desk.spark());
    requireNoHold(client);
    Whole whole = new Whole(desk, id);
    return whole.work(
        "offboard",
        () -> {
          steps.before("begin");
          return whole.begin(
              State.OFFBOARDING, () -> UUID.randomUUID().toString(), "client offboard");
        },
        begun -> remove(places, secrets, begun));
  }

  private String remove(ClientPlaces places, SecretStore secrets, Entry begun) {
    requireNoHold(places.client()); // one may have been laid meanwhile
    Plan plan = plan(desk, places.client());
    LOG.info("Offboarding begins: client={} request={}", places.id(), begun.id());
    int uploads = 0;
    for (String prefix : places.prefixes()) {
      steps.before("delete " + prefix);
      desk.progress().begin(places.id() + ": deleting " + prefix);
      uploads += PendingUploads.abort(desk.spark(), prefix);
      objects.deleteForGood(prefix);
      desk.progress().end("empty");
    }
    for (String alias : plan.aliases()) {
      steps.before("destroy " + alias);
      secrets.remove(alias);
    }
    steps.before("prove");
    requireEmpty(places.prefixes());
    requireDestroyed(secrets, plan.aliases());
    return certified(places, plan, uploads, begun);
  }

  private String certified(ClientPlaces places, Plan plan, int uploads, Entry begun) {
    String client = places.id().value();
    Map<String, String> details = new TreeMap<>();
    details.put("request", begun.id());
    details.put("requested_by", begun.actor());
    details.put("empty_prefixes", String.join(" ", places.prefixes()));
    details.put("destroyed_keys", String.join(" ", plan.aliases()));
    details.put("uploads_given_up", Integer.toString(uploads));
    details.put(
        "objects_deleted",
        Integer.toString(plan.prefixes().stream().mapToInt(Below::objects).sum()));
    steps.before("audit");
    desk.audit("client.offboarded", client, details);
    steps.before("certify");
    String certificate = issue.certificate(begun.id(), client, details);
    steps.before("end");
    ClientLedger.of(desk.lake())
        .add(places.id(), State.OFFBOARDED, certificate, desk.actor(), "client offboard");
    LOG.info("Offboarding ends: client={} certificate={}", client, certificate);
    return certificate;
  }

  private void requireEmpty(List<String> prefixes) {
    for (String prefix : prefixes) {
      if (!objects.isGone(prefix)) {
        throw new IllegalStateException("Not empty after it was deleted: " + prefix);
      }
    }
  }

  private static void requireDestroyed(SecretStore secrets, Set<String> aliases) {
    for (String alias : aliases) {
      if (secrets.has(alias)) {
        throw new IllegalStateException("Still in the credential provider: " + alias);
      }
    }
  }

  private void requireNoHold(Client client) {
    if (Holds.of(desk.lake()).active(client)) {
      throw new ConfigException(
          "There is a legal hold on client "
              + client.client()
              + ": nothing of it is deleted. Lift it first with segumento client release, and"
              + " retention.legal_hold in the client's file.");
    }
  }
}
