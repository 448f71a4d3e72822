package com.segumento.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.ops.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What became of clients, {@code ops/clients/<client>}: numbered files, each created only where it
 * is not there yet, so that of two processes one writes each. Files are added and none is changed;
 * the newest of a kind holds. Read before every lease, so it is no Delta table.
 */
public final class ClientLedger {
  /** Name of the ledger. */
  public static final String NAME = "clients";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Lake lake;

  private ClientLedger(Lake lake) {
    this.lake = lake;
  }

  /** The ledger of this lake. */
  public static ClientLedger of(Lake lake) {
    return new ClientLedger(lake);
  }

  /** What can be said of a client. */
  public enum State {
    HELD,
    RELEASED,
    ARCHIVING,
    ARCHIVED,
    RESTORING,
    RESTORED,
    OFFBOARDING,
    OFFBOARDED;

    private boolean isOfHolds() {
      return this == HELD || this == RELEASED;
    }

    /** Whether a client may be worked on. */
    boolean works() {
      return isOfHolds() || this == RESTORED;
    }
  }

  /**
   * An entry.
   *
   * @param id of the archive or certificate it is about, or empty
   * @param reason in words; names no person
   * @param at when it was written, UTC
   */
  public record Entry(State state, String id, String actor, String reason, String at) {}

  /** Adds an entry after all others. */
  public Entry add(ClientId client, State state, String id, String actor, String reason) {
    Entry entry = new Entry(state, id, actor, reason, Ticker.now().toString());
    while (true) {
      int next = names(client).size() + 1;
      String file = "%s/%010d.json".formatted(folder(client), next);
      if (lake.objects().create(file, json(entry))) {
        return entry;
      } // else another process was first
    }
  }

  /** The newest entry on a legal hold; nothing where there never was one. */
  public Optional<Entry> hold(ClientId client) {
    return newest(client, State::isOfHolds);
  }

  /** The newest entry on anything else. */
  public Optional<Entry> life(ClientId client) {
    return newest(client, state -> !state.isOfHolds());
  }

  /**
   * Makes sure that a client may be worked on.
   *
   * @throws ConfigException where it is archived or offboarded, or is about to be
   */
  public void requireActive(ClientId client) {
    refusal(client)
        .ifPresent(
            why -> {
              throw new ConfigException(why);
            });
  }

  /** Why a client may not be worked on; nothing where it may. */
  public Optional<String> refusal(ClientId client) {
    return life(client)
        .filter(entry -> !entry.state().works())
        .map(entry -> refusal(client, entry));
  }

  /** Whether a client was offboarded, or is about to be. */
  public boolean leaves(ClientId client) {
    return life(client)
        .filter(entry -> entry.state() == State.OFFBOARDING || entry.state() == State.OFFBOARDED)
        .isPresent();
  }

  private static String refusal(ClientId client, Entry entry) {
    return switch (entry.state()) {
      case OFFBOARDING ->
          "Client "
              + client
              + " is being offboarded since "
              + entry.at()
              + ". Nothing is run for"
              + " it. Go on with: segumento client offboard";
      case OFFBOARDED ->
          "Client "
              + client
              + " was offboarded at "
              + entry.at()
              + ". Nothing is run for it."
              + " Remove conf/clients/"
              + client
              + ".yaml.";
      default ->
          "Client "
              + client
              + " is in the archive "
              + entry.id()
              + " since "
              + entry.at()
              + ". Bring it back with: segumento client restore";
    };
  }

  private Optional<Entry> newest(ClientId client, Predicate<State> wanted) {
    List<String> names = names(client);
    for (int i = names.size() - 1; i >= 0; i--) {
      Optional<Entry> entry =
          lake.objects().text(folder(client) + "/" + names.get(i)).map(ClientLedger::parsed);
      if (entry.isPresent() && wanted.test(entry.get().state())) {
        return entry;
      }
    }
    return Optional.empty();
  }

  private List<String> names(ClientId client) {
    return Stream.of(lake.objects().names(folder(client)))
        .flatMap(List::stream)
        .filter(name -> name.matches("\\d{10}\\.json"))
        .toList();
  }

  private String folder(ClientId client) {
    return lake.layout().ops(NAME) + "/" + client;
  }

  private static Entry parsed(String text) {
    try {
      return JSON.readValue(text, Entry.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A file of the ledger of clients holds no entry.", e);
    }
  }

  private static String json(Entry entry) {
    try {
      return JSON.writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
