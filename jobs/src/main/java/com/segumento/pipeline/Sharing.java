package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.export.SharedFiles;
import com.segumento.lake.AuditLedger;
import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.PresignedUrls;
import com.segumento.lake.StorageGuard;
import com.segumento.lake.UsageLedger;
import com.segumento.model.ClientId;
import com.segumento.model.PrivacyRefused;
import com.segumento.ops.Progress;
import com.segumento.ops.Ticker;
import com.segumento.ops.UsageEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives away a release by URLs that expire. Each sharing is in the audit and in the ledger of usage
 * before a URL is handed out; the URLs themselves are written down nowhere.
 */
public final class Sharing {
  private static final String ACTION = "release.shared";

  private final Parts parts;
  private final Progress progress;

  public Sharing(Parts parts, Progress progress) {
    this.parts = parts;
    this.progress = progress;
  }

  /**
   * What was given.
   *
   * @param adhoc whether it was asked for ad hoc, with segments of its own
   * @param leftOut runs of newer releases that were left out because they are ad hoc
   * @param expiresAt no URL is good any longer then
   */
  public record Shared(
      String run,
      LocalDate date,
      boolean adhoc,
      List<String> leftOut,
      Instant expiresAt,
      List<Link> links) {
    public Shared {
      leftOut = List.copyOf(leftOut);
      links = List.copyOf(links);
    }
  }

  /** A file and where to get it; the URL is as good as a key. */
  public record Link(String file, long bytes, String url) {
    @Override
    public String toString() {
      return file;
    }
  }

  /**
   * Shares a release.
   *
   * @throws com.segumento.model.ConfigException where there is none, or the lake cannot be shared
   * @throws com.segumento.model.PrivacyRefused where it is not as it was signed, was found
   *     violated, or the agreement ends before its URLs would
   */
  public Shared share(Client client, SharedFiles.Wanted wanted, Duration validFor) {
    requireAgreement(client, Ticker.now().plus(validFor));
    String root = parts.lake().layout().root();
    try (PresignedUrls urls = PresignedUrls.open(parts.spark(), root)) {
      StorageGuard.check(parts.spark(), parts.configuration().platform(), client, root);
      progress.begin("checking the release");
      SharedFiles files =
          SharedFiles.of(
              parts.workspace(client, wanted.date().orElse(LocalDate.MAX), "share", progress),
              wanted);
      requireUnviolated(client, wanted, files);
      progress.end("done");
      Instant now = Ticker.now();
      requireAgreement(client, now.plus(validFor)); // checking a large release takes a while
      List<Link> links = new ArrayList<>();
      for (StoredObject file : files.files()) {
        String name = file.uri().substring(file.uri().lastIndexOf('/') + 1);
        links.add(new Link(name, file.bytes(), urls.url(file.uri(), validFor)));
      }
      Shared shared =
          new Shared(
              files.run(), files.date(), files.adhoc(), files.leftOut(), now.plus(validFor), links);
      log(client, wanted.export(), shared, now);
      return shared;
    }
  }

  private static void requireAgreement(Client client, Instant until) {
    Client.Agreement agreement = client.agreement();
    if (!agreement.covers(Ticker.today())) {
      throw new PrivacyRefused(
          "Nothing of client "
              + client.client()
              + " is shared: agreement "
              + agreement.id()
              + " is from "
              + agreement.start()
              + " to "
              + agreement.end()
              + ".");
    }
    if (until.isAfter(agreement.end().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())) {
      throw new PrivacyRefused(
          "Nothing of client "
              + client.client()
              + " is shared for so long: agreement "
              + agreement.id()
              + " ends on "
              + agreement.end()
              + ". Give a shorter --expires.");
    }
  }

  private void requireUnviolated(Client client, SharedFiles.Wanted wanted, SharedFiles files) {
    String folder =
        parts
            .lake()
            .layout()
            .release(new ClientId(client.client()), wanted.export(), files.date(), files.run());
    new ReleaseVerdicts(parts)
        .violation(folder)
        .ifPresent(
            entry -> {
              throw new PrivacyRefused(
                  "The release in "
                      + folder
                      + " is not shared: verify found it violated on "
                      + entry.time().atZone(ZoneOffset.UTC).toLocalDate()
                      + " (audit entry "
                      + entry.sequence()
                      + "). Once it is mended, have all of it found to hold: segumento verify --path "
                      + folder
                      + ". Where that can't be told any more, publish it anew.");
            });
  }

  private void log(Client client, String export, Shared shared, Instant now) {
    String actor = parts.spark().sparkContext().sparkUser();
    AuditLedger.open(parts.spark(), parts.lake())
        .append(
            actor,
            ACTION,
            new ClientId(client.client()) + "/" + export,
            Map.of(
                "run", shared.run(),
                "date", shared.date().toString(),
                "files", Integer.toString(shared.links().size()),
                "expires_at", shared.expiresAt().toString()));
    UsageLedger.open(parts.spark(), parts.lake())
        .append(
            new UsageEntry(
                now,
                actor,
                ACTION,
                client.client(),
                export,
                shared.run(),
                shared.date(),
                null,
                shared.links().size(),
                shared.expiresAt()));
  }
}
