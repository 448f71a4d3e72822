package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.lake.Workspace;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Earlier releases of a client's exports, as their manifests tell of them.
 *
 * @param publicKey manifests that are not signed with it tell nothing
 */
record Releases(Workspace workspace, String publicKey) {
  private static final Logger LOG = LoggerFactory.getLogger(Releases.class);
  private static final String DATE = "dt=";

  /**
   * A release.
   *
   * @param date its business date
   */
  record Release(LocalDate date, JsonNode manifest) {}

  /** The newest release of {@code export} up to the workspace's date. */
  Optional<Release> newest(String export) {
    String folder = workspace.lake().layout().exports(workspace.clientId(), export);
    List<LocalDate> dates =
        workspace.lake().objects().names(folder).stream()
            .flatMap(name -> date(name).stream())
            .filter(date -> !date.isAfter(workspace.date()))
            .sorted(Comparator.reverseOrder())
            .toList();
    for (LocalDate date : dates) {
      String ofDate = folder + "/" + DATE + date;
      List<String> runs =
          workspace.lake().objects().names(ofDate).stream()
              .sorted(Comparator.comparingInt(Releases::number).reversed())
              .toList();
      for (String run : runs) {
        Optional<JsonNode> manifest = manifest(ofDate + "/" + run);
        if (manifest.isPresent()) {
          return Optional.of(new Release(date, manifest.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> manifest(String folder) {
    Optional<String> text = workspace.lake().objects().text(folder + "/" + Manifest.NAME);
    if (text.isEmpty()) {
      return Optional.empty(); // left behind by a killed run: no release
    }
    JsonNode manifest = Manifest.parse(text.get());
    if (!manifest.isObject() || !Manifest.verifies(manifest, publicKey)) {
      LOG.warn("Release ignored, its manifest is not signed with our key: folder={}", folder);
      return Optional.empty();
    }
    return Optional.of(manifest);
  }

  private static Optional<LocalDate> date(String name) {
    try {
      return name.startsWith(DATE)
          ? Optional.of(LocalDate.parse(name.substring(DATE.length())))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty(); // not ours
    }
  }

  private static int number(String run) {
    try {
      return Integer.parseInt(run.substring(run.lastIndexOf('-') + 1));
    } catch (NumberFormatException e) {
      return -1; // not ours
    }
  }
}
