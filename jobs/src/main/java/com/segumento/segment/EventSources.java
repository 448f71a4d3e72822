package com.segumento.segment;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The event datasets of a client that rules are made of, by name. */
final class EventSources {
  private final Client client;
  private final TreeMap<String, DatasetContract> events = new TreeMap<>();

  EventSources(Client client) {
    this.client = client;
    for (DatasetContract dataset : client.datasets()) {
      if (dataset.kind() == DatasetContract.Kind.EVENT) {
        events.put(dataset.name(), dataset);
      }
    }
  }

  /** The dataset {@code from} names, or nothing and why. */
  Optional<DatasetContract> find(String from, List<String> problems) {
    DatasetContract dataset = from == null ? null : events.get(from);
    if (dataset == null) {
      problems.add(
          "from: "
              + (from == null ? "missing." : "no event dataset " + from + ".")
              + " Expected one of: "
              + String.join(", ", events.keySet())
              + ".");
    }
    return Optional.ofNullable(dataset);
  }

  /** What a rule over its events may name. */
  Scope scope(DatasetContract dataset) {
    return new Scope(EventSchema.named(client, dataset));
  }

  /** Days retention keeps events, the business date included. */
  int kept() {
    return client.retention().eventsDays() + 1;
  }

  /** A window of text; what retention keeps where there is none; or nothing and why. */
  Optional<Window> window(String text, List<String> problems) {
    if (text == null) {
      return Optional.of(new Window.Days(kept(), 0));
    }
    Optional<Window> window = Window.parse(text);
    if (window.isEmpty()) {
      problems.add("window: " + text + ". " + Window.SAYS);
    }
    return window;
  }
}
