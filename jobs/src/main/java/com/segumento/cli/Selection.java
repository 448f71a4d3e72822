package com.segumento.cli;

import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The clients whose configuration is valid, and why that of the others is not: one client's broken
 * file stops no other client.
 *
 * @param broken by client, what is wrong with its files
 */
record Selection(Configuration configuration, SortedMap<String, ConfigException> broken) {

  Selection {
    broken = Collections.unmodifiableSortedMap(new TreeMap<>(broken));
  }

  /**
   * Reads the configuration of these clients, or of all.
   *
   * @param named ids; none of them means all
   * @throws ConfigException where none is valid, or the platform's file is not
   */
  static Selection of(Path directory, List<String> named) {
    List<String> ids = named.isEmpty() ? ConfigurationLoader.clientIds(directory) : named;
    List<String> valid = new ArrayList<>();
    TreeMap<String, ConfigException> broken = new TreeMap<>();
    for (String id : ids) {
      try {
        ConfigurationLoader.load(directory, new ClientId(id));
        valid.add(id);
      } catch (ConfigException e) {
        broken.put(id, e);
      }
    }
    List<String> read = valid.isEmpty() ? ids : valid;
    return new Selection(
        ConfigurationLoader.inspect(directory, read, Optional.empty()).configuration(), broken);
  }
}
