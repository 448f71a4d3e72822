package com.segumento.pipeline;

import com.segumento.config.Client;
import com.segumento.export.Guarantee;
import com.segumento.export.Guarantee.Outcome;
import com.segumento.export.ManifestSigner;
import com.segumento.export.PublishedRelease;
import com.segumento.export.Rederivation;
import com.segumento.export.ReleaseIntegrity;
import com.segumento.lake.StorageGuard;
import com.segumento.model.ClientId;
import com.segumento.ops.Progress;
import com.segumento.ops.UsageEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a published release again from scratch; writes nothing but where the ledger is new, and
 * into the audit what does not keep its promise.
 */
public final class Verification {
  private final Parts parts;
  private final Progress progress;

  public Verification(Parts parts, Progress progress) {
    this.parts = parts;
    this.progress = progress;
  }

  /** What was found of a release. */
  public record Found(PublishedRelease release, List<Guarantee> guarantees) {
    public Found {
      guarantees = List.copyOf(guarantees);
    }

    /** Violated where one is, else unknown where one is. */
    public Outcome outcome() {
      return guarantees.stream().anyMatch(each -> each.outcome() == Outcome.VIOLATED)
          ? Outcome.VIOLATED
          : guarantees.stream().anyMatch(each -> each.outcome() == Outcome.UNKNOWN)
              ? Outcome.UNKNOWN
              : Outcome.HOLDS;
    }
  }

  /**
   * Checks the release at {@code path}.
   *
   * @throws com.segumento.model.ConfigException where there is none
   */
  public Found verify(String path) {
    PublishedRelease release = PublishedRelease.at(parts.lake(), path);
    String key = new ManifestSigner(parts.secrets().secret(ManifestSigner.ALIAS)).publicKey();
    progress.begin("signature and checksums");
    List<Guarantee> found =
        new ArrayList<>(new ReleaseIntegrity(parts.spark(), parts.lake(), key).guarantees(release));
    progress.end("done");
    if (found.stream().allMatch(each -> each.outcome() == Outcome.HOLDS)) {
      progress.begin("guarantees");
      found.addAll(rederived(release, key));
      progress.end("done");
    } else {
      found.add(unknown("The rest means nothing of what is not as it was signed."));
    }
    return new Found(release, found);
  }

  /**
   * Writes down which guarantees a release was found not to keep, and where it was before, that it
   * keeps them; else nothing. A manifest that is not ours may say anything, so of it only names are
   * taken that are configured.
   */
  public void audit(Found found) {
    ReleaseVerdicts verdicts = new ReleaseVerdicts(parts);
    String folder = found.release().folder();
    switch (found.outcome()) {
      case VIOLATED ->
          verdicts.violated(
              subject(found.release()),
              folder,
              found.guarantees().stream()
                  .filter(each -> each.outcome() == Outcome.VIOLATED)
                  .map(Guarantee::name)
                  .toList());
      case HOLDS -> verdicts.holds(subject(found.release()), folder);
      case UNKNOWN -> {}
    }
  }

  private String subject(PublishedRelease release) {
    return client(release)
        .map(
            client ->
                client.exports().stream()
                    .filter(export -> export.name().equals(release.export()))
                    .findFirst()
                    .map(export -> client.client() + "/" + export.name())
                    .orElse(client.client()))
        .orElse(UsageEntry.ALL);
  }

  private Optional<Client> client(PublishedRelease release) {
    return release
        .client()
        .map(ClientId::value)
        .flatMap(id -> Optional.ofNullable(parts.configuration().clients().get(id)));
  }

  private List<Guarantee> rederived(PublishedRelease release, String key) {
    Optional<Client> client = client(release);
    Optional<LocalDate> date = release.date();
    if (client.isEmpty() || date.isEmpty()) {
      return List.of(unknown("The client of the release is not configured, or not rightly."));
    }
    StorageGuard.check(
        parts.spark(),
        parts.configuration().platform(),
        client.get(),
        parts.lake().layout().root());
    return new Rederivation(
            parts.workspace(client.get(), date.get(), release.run(), progress), release, key)
        .guarantees();
  }

  private static Guarantee unknown(String why) {
    return new Guarantee("guarantees", Outcome.UNKNOWN, why);
  }
}
