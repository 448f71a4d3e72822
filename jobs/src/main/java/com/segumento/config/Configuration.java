package com.segumento.config;

import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/**
 * All configuration of a run, validated as a whole.
 *
 * @param directory where the files are, for hierarchies and other files named in them
 */
public record Configuration(
    Path directory,
    Platform platform,
    SortedMap<String, Client> clients,
    Map<String, Segments> segments) {

  /** The client of this id. */
  public Client client(ClientId id) {
    Client client = clients.get(id.value());
    if (client == null) {
      throw new ConfigException(
          "No client "
              + id
              + " is configured under "
              + directory.resolve("clients")
              + ". Known clients: "
              + String.join(", ", clients.keySet())
              + ".");
    }
    return client;
  }

  /** The traits and segments of a client; none where it names no file. */
  public Segments segments(ClientId id) {
    return segments.getOrDefault(id.value(), Segments.NONE);
  }
}
