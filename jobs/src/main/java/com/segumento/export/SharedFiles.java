package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Export;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.PrivacyRefused;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a release that may be given away: those its manifest lists, and the manifest, all
 * found to be as they were signed.
 *
 * @param date business date of the release
 * @param adhoc whether it was asked for ad hoc, with segments of its own
 * @param leftOut runs of newer releases that would have been meant, were they not ad hoc
 */
public record SharedFiles(
    String run, LocalDate date, boolean adhoc, List<String> leftOut, List<StoredObject> files) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  public SharedFiles {
    leftOut = List.copyOf(leftOut);
    files = List.copyOf(files);
  }

  /** A release among others. */
  private record Chosen(Releases.Release release, List<String> leftOut) {
    /** The newest that is not ad hoc, which the client would take it for; else the newest. */
    static Optional<Chosen> newest(Stream<Releases.Release> newestFirst) {
      List<Releases.Release> adhoc = new ArrayList<>();
      Iterator<Releases.Release> all = newestFirst.iterator();
      while (all.hasNext()) {
        Releases.Release release = all.next();
        if (!release.isAdhoc()) {
          List<String> runs = adhoc.stream().map(Releases.Release::run).toList();
          return Optional.of(new Chosen(release, runs));
        }
        adhoc.add(release);
      }
      return adhoc.stream().findFirst().map(Chosen::only);
    }

    static Chosen only(Releases.Release release) {
      return new Chosen(release, List.of());
    }
  }

  /**
   * Which release is meant; the newest where neither is given. One that is ad hoc is meant only
   * where its run is given, or there is no other.
   *
   * @param run its run
   * @param date the newest of this business date
   */
  public record Wanted(String export, Optional<LocalDate> date, Optional<String> run) {}

  /**
   * Those of a release of the workspace's client.
   *
   * @throws ConfigException where there is no such release
   * @throws PrivacyRefused where it is not as it was signed, or is an audience of which there is a
   *     newer list
   */
  public static SharedFiles of(Workspace workspace, Wanted wanted) {
    String key = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS)).publicKey();
    Releases releases = new Releases(workspace, key);
    Chosen chosen = find(releases, wanted).orElseThrow(() -> none(workspace, wanted));
    Releases.Release release = chosen.release();
    boolean audience = new ManifestExport(release.manifest()).read().kind() == Export.Kind.AUDIENCE;
    if (audience) {
      requireActivation(workspace, wanted);
      releases.all(wanted.export()).findFirst().ifPresent(last -> current(wanted, release, last));
    }
    String run = release.run();
    String folder =
        workspace
            .lake()
            .layout()
            .release(workspace.clientId(), wanted.export(), release.date(), run);
    List<String> problems =
        new ReleaseVerifier(workspace.spark(), workspace.lake()).problems(folder, key);
    if (!problems.isEmpty()) {
      throw new PrivacyRefused(
          "The release in "
              + folder
              + " is not shared, as it is not what the gate let out. "
              + String.join(" ", problems)
              + " Look at it with: segumento verify --path "
              + folder);
    }
    List<StoredObject> files = new ArrayList<>();
    for (JsonNode file : release.manifest().path("files")) {
      files.addAll(workspace.lake().objects().list(folder + "/" + file.path("path").asText()));
    }
    files.addAll(workspace.lake().objects().list(folder + "/" + Manifest.NAME));
    return new SharedFiles(run, release.date(), release.isAdhoc(), chosen.leftOut(), files);
  }

  private static void requireActivation(Workspace workspace, Wanted wanted) {
    if (!workspace.client().agreement().activation()) {
      throw new PrivacyRefused(
          "The list of audience "
              + wanted.export()
              + " is not shared, as the agreement of client "
              + workspace.client().client()
              + " has no activation (any more).");
    }
  }

  /** Who has said no since, or was erased, is in an older list all the same. */
  private static void current(Wanted wanted, Releases.Release release, Releases.Release newest) {
    String run = newest.run();
    if (!run.equals(release.run())) {
      throw new PrivacyRefused(
          "The list of audience "
              + wanted.export()
              + " of "
              + release.date()
              + " is not shared, as there is a newer one of "
              + newest.date()
              + ": persons may have said no since. Share the one of run "
              + run
              + ", or leave --date and --run out.");
    }
  }

  private static Optional<Chosen> find(Releases releases, Wanted wanted) {
    if (!NAME.matcher(wanted.export()).matches()) {
      return Optional.empty();
    }
    if (wanted.run().isPresent()) {
      return releases.by(wanted.export(), wanted.run().get()).map(Chosen::only);
    }
    return Chosen.newest(
        wanted.date().isPresent()
            ? releases.on(wanted.export(), wanted.date().get())
            : releases.all(wanted.export()));
  }

  private static ConfigException none(Workspace workspace, Wanted wanted) {
    List<String> exports =
        workspace
            .lake()
            .objects()
            .names(workspace.lake().layout().exports(workspace.clientId()))
            .stream()
            .filter(name -> NAME.matcher(name).matches())
            .sorted()
            .toList();
    return new ConfigException(
        "There is no release of export "
            + wanted.export()
            + " of client "
            + workspace.client().client()
            + wanted.date().map(date -> " on " + date).orElse("")
            + wanted.run().map(run -> " by run " + run).orElse("")
            + " that is signed with our key. "
            + (exports.isEmpty()
                ? "Nothing of the client is published yet."
                : "It has releases of: " + String.join(", ", exports) + "."));
  }
}
