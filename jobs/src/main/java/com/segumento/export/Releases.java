package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.lake.Workspace;
import com.segumento.model.LakeLayout;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
  private static final String RUN = "run=";

  /**
   * A release.
   *
   * @param date its business date
   */
  record Release(LocalDate date, JsonNode manifest) {
    String run() {
      return manifest.path("run").asText();
    }

    boolean isAdhoc() {
      return Occasion.of(manifest) == Occasion.ADHOC;
    }
  }

  /** The newest release of {@code export} up to the workspace's date that is not ad hoc. */
  Optional<Release> newestOfNights(String export) {
    String folder = workspace.lake().layout().exports(workspace.clientId(), export);
    List<LocalDate> dates =
        workspace.lake().objects().names(folder).stream()
            .flatMap(name -> LakeLayout.releaseDate(name).stream())
            .filter(date -> !date.isAfter(workspace.date()))
            .sorted(Comparator.reverseOrder())
            .toList();
    return dates.stream()
        .flatMap(date -> allOf(folder, date))
        .filter(release -> !release.isAdhoc())
        .findFirst();
  }

  /** All releases of {@code export}, whatever their dates, the newest first; read as it goes. */
  Stream<Release> all(String export) {
    String folder = workspace.lake().layout().exports(workspace.clientId(), export);
    return workspace.lake().objects().names(folder).stream()
        .flatMap(name -> LakeLayout.releaseDate(name).stream())
        .sorted(Comparator.reverseOrder())
        .flatMap(date -> allOf(folder, date));
  }

  /** The newest date after the workspace's that there is a release of. */
  Optional<LocalDate> later(String export) {
    return all(export)
        .findFirst()
        .map(Release::date)
        .filter(date -> date.isAfter(workspace.date()));
  }

  /** What is wrong with the files of a release. */
  List<String> problems(String export, Release release) {
    return new ReleaseVerifier(workspace.spark(), workspace.lake())
        .problems(
            workspace
                .lake()
                .layout()
                .release(workspace.clientId(), export, release.date(), release.run()),
            publicKey);
  }

  /** All releases of {@code export} on a date, the newest first; read as it goes. */
  Stream<Release> on(String export, LocalDate date) {
    return allOf(workspace.lake().layout().exports(workspace.clientId(), export), date);
  }

  /** The release of {@code export} by a run. */
  Optional<Release> by(String export, String run) {
    String folder = workspace.lake().layout().exports(workspace.clientId(), export);
    return workspace.lake().objects().names(folder).stream()
        .filter(name -> run.startsWith(name.replaceFirst(DATE, "") + "-"))
        .flatMap(name -> LakeLayout.releaseDate(name).stream())
        .flatMap(
            date ->
                manifest(folder + "/" + DATE + date, RUN + run)
                    .filter(manifest -> isOf(manifest, folder, date))
                    .map(manifest -> new Release(date, manifest))
                    .stream())
        .findFirst();
  }

  /** Whether anything is left of the release of {@code export} by a run. */
  boolean isThere(String export, String run) {
    String folder = workspace.lake().layout().exports(workspace.clientId(), export);
    return workspace.lake().objects().names(folder).stream()
        .filter(name -> run.startsWith(name.replaceFirst(DATE, "") + "-"))
        .anyMatch(name -> workspace.lake().objects().exists(folder + "/" + name + "/" + RUN + run));
  }

  private Stream<Release> allOf(String folder, LocalDate date) {
    String ofDate = folder + "/" + DATE + date;
    return workspace.lake().objects().names(ofDate).stream()
        .sorted(Comparator.comparingInt(Releases::number).reversed())
        .flatMap(run -> manifest(ofDate, run).stream())
        .filter(manifest -> isOf(manifest, folder, date))
        .map(manifest -> new Release(date, manifest));
  }

  /**
   * A release of {@code export} on another date, less than so many days from the workspace's;
   * nothing where there is one on that very date, which may always be made again. One that is ad
   * hoc counts as any other: it tells as much of the persons in it.
   */
  Optional<LocalDate> within(String export, int days) {
    String folder = workspace.lake().layout().exports(workspace.clientId(), export);
    List<LocalDate> near =
        workspace.lake().objects().names(folder).stream()
            .flatMap(name -> LakeLayout.releaseDate(name).stream())
            .filter(date -> Math.abs(ChronoUnit.DAYS.between(date, workspace.date())) < days)
            .filter(date -> allOf(folder, date).findFirst().isPresent())
            .sorted()
            .toList();
    return near.contains(workspace.date()) || near.isEmpty()
        ? Optional.empty()
        : Optional.of(near.get(near.size() - 1));
  }

  // Signed by us it may be, and yet lie where it does not belong.
  private boolean isOf(JsonNode manifest, String folder, LocalDate date) {
    return manifest.path("client").asText().equals(workspace.client().client())
        && folder.endsWith("/" + manifest.path("export").asText("?"))
        && manifest.path("business_date").asText().equals(date.toString());
  }

  private Optional<JsonNode> manifest(String ofDate, String run) {
    String folder = ofDate + "/" + run;
    Optional<String> text = workspace.lake().objects().text(folder + "/" + Manifest.NAME);
    if (text.isEmpty()) {
      return Optional.empty(); // left behind by a killed run: no release
    }
    JsonNode manifest = Manifest.parse(text.get());
    if (!manifest.isObject() || !Manifest.verifies(manifest, publicKey)) {
      LOG.warn("Release ignored, its manifest is not signed with our key: folder={}", folder);
      return Optional.empty();
    }
    return Optional.of(manifest).filter(signed -> run.equals(RUN + signed.path("run").asText()));
  }

  private static int number(String run) {
    try {
      return Integer.parseInt(run.substring(run.lastIndexOf('-') + 1));
    } catch (NumberFormatException e) {
      return -1; // not ours
    }
  }
}
