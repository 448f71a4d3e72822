package com.segumento.lake;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The generations of one lease: numbered files, each created only where it is not there yet.
 * Taking, renewing and giving back all create the next number, so the store lets one process do
 * each, and a holder that slept past its time cannot renew what another has taken.
 */
final class ClaimChain {
  private static final Pattern FILE = Pattern.compile("\\d{10}\\.json");

  private final ObjectStore objects;
  private final String prefix;

  ClaimChain(ObjectStore objects, String prefix) {
    this.objects = objects;
    this.prefix = prefix;
  }

  /** A claim and its number. */
  record Generation(long number, Claim claim) {}

  /** The generation that holds. */
  Optional<Generation> newest() {
    while (true) {
      List<String> files = files();
      if (files.isEmpty()) {
        return Optional.empty();
      }
      String newest = files.get(files.size() - 1);
      Optional<String> text = objects.text(prefix + "/" + newest);
      if (text.isPresent()) {
        return Optional.of(new Generation(number(newest), Claim.parse(text.get())));
      } // else a newer one came between, and this one is gone
    }
  }

  /** Makes {@code claim} generation {@code number}; false where another process was first. */
  boolean extend(long number, Claim claim) {
    String file = file(number);
    String uri = prefix + "/" + file;
    // A request that is repeated after a lost answer finds its own file.
    if (!objects.create(uri, claim.json())
        && !objects.text(uri).equals(Optional.of(claim.json()))) {
      return false;
    }
    List<String> files = files();
    if (number(files.get(files.size() - 1)) > number) {
      objects.delete(uri); // the number was free only because it is old
      return false;
    }
    files.stream()
        .filter(other -> number(other) < number)
        .forEach(other -> objects.delete(prefix + "/" + other));
    return true;
  }

  private List<String> files() {
    return objects.names(prefix).stream().filter(name -> FILE.matcher(name).matches()).toList();
  }

  private static String file(long number) {
    return String.format("%010d.json", number);
  }

  private static long number(String file) {
    return Long.parseLong(file.substring(0, 10));
  }
}
