package com.segumento.ingest;

import com.segumento.config.DatasetContract;
import com.segumento.contract.ListedFile;
import com.segumento.model.Sha256;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A complete drop whose manifest is in order.
 *
 * @param date the day it is for
 * @param files URIs of all that lies in its folder beside the manifest, by path below the folder
 * @param mark a number of the manifest's text: with the drop id it names this very delivery
 */
record Drop(
    DatasetContract contract,
    LocalDate date,
    Manifest manifest,
    Map<String, String> files,
    long mark) {

  /** The order drops are taken in. */
  static final Comparator<Drop> ORDER = Comparator.comparing(Drop::date).thenComparing(Drop::id);

  Drop {
    files = Map.copyOf(files);
  }

  String id() {
    return manifest.dropId();
  }

  /** Rows as the manifest says. */
  long rows() {
    return manifest.files().stream().mapToLong(ListedFile::rows).sum();
  }

  Refused refused(List<String> reasons) {
    return new Refused(contract.name(), date, id(), reasons);
  }

  /** The mark of a manifest's text. */
  static long mark(String text) {
    return ByteBuffer.wrap(Sha256.of(text)).getLong() & Long.MAX_VALUE;
  }
}
