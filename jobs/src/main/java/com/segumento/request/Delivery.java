package com.segumento.request;

import com.segumento.model.Exclusions;
import com.segumento.model.RequestKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request in the queue whose manifest is signed.
 *
 * @param manifest what it says
 * @param mark SHA-256 of the manifest's text: with the request id it names this very delivery
 * @param manifestUri where the manifest is
 * @param files URIs of what lies beside it, by path
 */
record Delivery(
    RequestManifest manifest, String mark, String manifestUri, Map<String, String> files) {
  /** The order requests are carried out in. */
  static final Comparator<Delivery> ORDER =
      Comparator.comparing((Delivery delivery) -> delivery.manifest().receivedAt())
          .thenComparing(Delivery::id)
          .thenComparing(Delivery::manifestUri);

  Delivery {
    files = new TreeMap<>(files);
  }

  String id() {
    return manifest.requestId();
  }

  RequestKind kind() {
    return manifest.kindOf();
  }

  /** URIs of its token files. */
  List<String> tokenFiles() {
    return manifest.files().stream().map(file -> files.get(file.path())).toList();
  }

  /** All that is its own; the manifest last, so that what is left of a deletion still has one. */
  List<String> all() {
    List<String> all = new ArrayList<>(files.values());
    all.add(manifestUri);
    return all;
  }

  /** Why its persons are left out, or what is lifted; nothing where it is about neither. */
  Optional<Exclusions.Kind> exclusion() {
    return exclusion(manifest.liftsOf().orElse(kind()));
  }

  private static Optional<Exclusions.Kind> exclusion(RequestKind kind) {
    return switch (kind) {
      case ERASE -> Optional.of(Exclusions.Kind.ERASED);
      case RESTRICT -> Optional.of(Exclusions.Kind.RESTRICTED);
      case OBJECT -> Optional.of(Exclusions.Kind.OBJECTING);
      case WITHDRAW -> Optional.of(Exclusions.Kind.WITHDRAWN);
      case ACCESS, PORT, CORRECT, LIFT, NOMINATE -> Optional.empty();
    };
  }
}
