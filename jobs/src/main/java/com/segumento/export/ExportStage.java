package com.segumento.export;

import com.segumento.config.Client;
import com.segumento.config.Export;
import com.segumento.lake.Lease;
import com.segumento.lake.Leases;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.ConfigException;
import com.segumento.model.JobException;
import com.segumento.model.Memberships;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Profiles;
import com.segumento.model.SourceVersions;
import com.segumento.ops.StageReport;
import com.segumento.ops.Stopwatch;
import com.segumento.privacy.Anonymizer;
import com.segumento.privacy.ReleaseRequest;
import com.segumento.privacy.Released;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and publishes all exports of a client. An export that is refused, by the gate or because it
 * cannot be made as it is configured, leaves nothing behind and does not stop the others; the
 * refusals are thrown together at the end.
 */
public final class ExportStage implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(ExportStage.class);
  private static final String NAME = "export";

  private final Anonymizer anonymizer;
  private final Consumer<Released> before;
  private final Occasion occasion;

  public ExportStage() {
    this(new Anonymizer());
  }

  ExportStage(Anonymizer anonymizer) {
    this(anonymizer, released -> {}, Occasion.NIGHT);
  }

  private ExportStage(Anonymizer anonymizer, Consumer<Released> before, Occasion occasion) {
    this.anonymizer = anonymizer;
    this.before = before;
    this.occasion = occasion;
  }

  /**
   * One that has a look at each release the gate has passed before it is published.
   *
   * @param before may refuse it
   */
  public static ExportStage after(Consumer<Released> before) {
    return new ExportStage(new Anonymizer(), before, Occasion.NIGHT);
  }

  /** The same, but its releases are ad hoc and stand in for none of the nights. */
  public ExportStage adhoc() {
    return new ExportStage(anonymizer, before, Occasion.ADHOC);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> inputs(Workspace workspace) {
    if (workspace.client().exports().isEmpty()
        || !workspace.client().agreement().covers(workspace.date())) {
      return Optional.empty();
    }
    Sources.requireCurrent(workspace);
    return Sources.of(workspace).map(sources -> ExportInputs.hash(workspace, sources));
  }

  @Override
  public List<String> secrets(Client client) {
    List<Export> exports = client.exports();
    Stream<String> manifest = exports.isEmpty() ? Stream.of() : Stream.of(ManifestSigner.ALIAS);
    Stream<String> destinations =
        exports.stream()
            .filter(export -> export.kind() == Export.Kind.AUDIENCE)
            .map(export -> export.destination().key());
    Stream<String> noise =
        exports.stream()
            .filter(export -> export.privacy().dp() != null)
            .map(export -> client.keys().person());
    return Stream.of(manifest, destinations, noise).flatMap(aliases -> aliases).distinct().toList();
  }

  @Override
  public void run(Workspace workspace, StageReport.Builder report) {
    requireAgreement(workspace);
    List<Export> exports = workspace.client().exports();
    if (exports.isEmpty()) {
      return;
    }
    SourceVersions sources = sources(workspace);
    Sources.requireCurrent(workspace);
    ManifestSigner signer = new ManifestSigner(workspace.secrets().secret(ManifestSigner.ALIAS));
    Publisher publisher = new Publisher(workspace, signer, occasion);
    Releases earlier = new Releases(workspace, signer.publicKey());
    ReleaseFigures figures = new ReleaseFigures(workspace.platform().privacy().defaultK(), report);
    report.read(Memberships.NAME, sources.memberships()).read(Profiles.NAME, sources.profiles());
    sources.traits().ifPresent(version -> report.read(Sources.TRAITS, version));
    clearStaging(workspace);
    List<JobException> refusals = new ArrayList<>();
    // Releases of all dates go on from one memory.
    try (Lease lease =
        new Leases(workspace.lake()).takeReleases(workspace.clientId(), workspace.run())) {
      Map<String, String> references = References.inForce(workspace);
      for (Export export : ReleaseOrder.of(exports)) {
        lease.check();
        publisher.clean(export.name());
        if (due(export, earlier, figures)) {
          release(export, earlier, sources, publisher, references, figures)
              .ifPresent(refusals::add);
        }
      }
    } finally {
      clearStaging(workspace);
    }
    refuse(refusals);
  }

  private static boolean due(Export export, Releases earlier, ReleaseFigures figures) {
    // A destination goes on from the last list it got.
    if (export.kind() == Export.Kind.AUDIENCE && earlier.later(export.name()).isPresent()) {
      figures.notDue(export);
      LOG.info(
          "Audience not due, a later one is published: client={} export={}",
          earlier.workspace().client().client(),
          export.name());
      return false;
    }
    if (export.minIntervalDays() == null) {
      return true;
    }
    Optional<LocalDate> last = earlier.within(export.name(), export.minIntervalDays());
    last.ifPresent(
        date -> {
          figures.notDue(export);
          LOG.info(
              "Export not due: client={} export={} last={} min_interval_days={}",
              earlier.workspace().client().client(),
              export.name(),
              date,
              export.minIntervalDays());
        });
    return last.isEmpty();
  }

  private static ReleaseRequest request(
      Workspace workspace, Export export, SourceVersions sources, Releases earlier) {
    return new ReleaseRequest(
        workspace,
        export,
        sources,
        staging(workspace, export),
        PinnedLevels.of(workspace, export, earlier),
        new PriorAudience(workspace, earlier).of(export));
  }

  private Optional<JobException> release(
      Export export,
      Releases earlier,
      SourceVersions sources,
      Publisher publisher,
      Map<String, String> references,
      ReleaseFigures figures) {
    Workspace workspace = earlier.workspace();
    String client = workspace.client().client();
    workspace.progress().begin(client + ": export " + export.name());
    LOG.info("Export begins: client={} export={} run={}", client, export.name(), workspace.run());
    try {
      anonymizer.check(workspace, export, sources);
      ReleaseRequest request = request(workspace, export, sources, earlier);
      Released released = anonymizer.release(request);
      before.accept(released);
      Stopwatch publishing = Stopwatch.start();
      figures.add(request, released, publisher.publish(released, references));
      figures.seconds(released, publishing.seconds());
      LOG.info("Export published: client={} export={}", client, export.name());
      workspace.progress().end("published");
      return Optional.empty();
    } catch (PrivacyRefused | ConfigException e) {
      figures.refused();
      LOG.warn("Export refused: client={} export={}", client, export.name());
      workspace
          .progress()
          .end(e instanceof PrivacyRefused ? "refused by the privacy gate" : "refused");
      return Optional.of(e);
    }
  }

  private static String staging(Workspace workspace, Export export) {
    return workspace.lake().layout().staging(workspace.clientId(), workspace.run())
        + "/"
        + export.name();
  }

  /** As what the gate refused where it did, as that is what has to be looked at first. */
  private static void refuse(List<JobException> refusals) {
    if (refusals.size() == 1) {
      throw refusals.get(0);
    }
    if (!refusals.isEmpty()) {
      String messages = String.join(" ", refusals.stream().map(Throwable::getMessage).toList());
      boolean gate = refusals.stream().anyMatch(PrivacyRefused.class::isInstance);
      JobException all = gate ? new PrivacyRefused(messages) : new ConfigException(messages);
      refusals.forEach(all::addSuppressed);
      throw all;
    }
  }

  /** Empties staging of this run, and of runs of the same date that were killed. */
  private static void clearStaging(Workspace workspace) {
    var objects = workspace.lake().objects();
    var layout = workspace.lake().layout();
    for (String run : objects.names(layout.staging(workspace.clientId()))) {
      if (run.equals(workspace.run()) || run.startsWith(workspace.date() + "-")) {
        objects.delete(layout.staging(workspace.clientId(), run));
      }
    }
  }

  private static SourceVersions sources(Workspace workspace) {
    return Sources.of(workspace)
        .orElseThrow(
            () ->
                new ConfigException(
                    "Client "
                        + workspace.client().client()
                        + " has no profiles and memberships of "
                        + workspace.date()
                        + ". Run ingest, enrich and segment of that date first."));
  }

  private static void requireAgreement(Workspace workspace) {
    if (!workspace.client().agreement().covers(workspace.date())) {
      throw new ConfigException(
          "Agreement "
              + workspace.client().agreement().id()
              + " of client "
              + workspace.client().client()
              + " does not cover "
              + workspace.date()
              + ", so nothing is exported. Give a date from "
              + workspace.client().agreement().start()
              + " to "
              + workspace.client().agreement().end()
              + ".");
    }
  }
}
