package com.segumento.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.config.Export;
import com.segumento.lake.Stage;
import com.segumento.lake.Workspace;
import com.segumento.model.Audiences.Content;
import com.segumento.model.PriorLists;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.DestinationKey;
import com.segumento.privacy.Promise;
import com.segumento.privacy.Reinspection;
import com.segumento.privacy.Released;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;

/**
 * Derives every guarantee of a release again, by the gate alone, from the tables its run read. The
 * release's manifest has been found to be ours.
 */
public final class Rederivation {
  private static final String WITHHELD = "withheld";

  private final Workspace workspace;
  private final PublishedRelease release;
  private final PriorAudience releases;

  /**
   * Of a release.
   *
   * @param workspace of its client, date and run
   * @param publicKey manifests are signed with
   */
  public Rederivation(Workspace workspace, PublishedRelease release, String publicKey) {
    this.workspace = workspace;
    this.release = release;
    this.releases = new PriorAudience(workspace, new Releases(workspace, publicKey));
  }

  /** What was found, a guarantee each. */
  public List<Guarantee> guarantees() {
    ManifestExport said = new ManifestExport(release.manifest());
    Export export;
    try {
      export = said.read();
    } catch (IllegalArgumentException e) {
      return List.of(
          Guarantee.violated(
              ReleaseParameters.NAME, "The manifest does not say what it is a release of."));
    }
    RunSources sources = RunSources.of(workspace);
    Optional<Export> configured = configured(sources);
    List<Guarantee> found =
        new ArrayList<>(
            List.of(new ReleaseParameters(workspace, said, configured).guarantee(export)));
    Optional<PriorLists> prior = releases.of(release.manifest());
    Optional<String> unknown = missing(sources, export, prior);
    if (unknown.isPresent()) {
      found.addAll(unknown(export, unknown.get()));
      return found;
    }
    Reinspection again =
        Reinspection.of(
            workspace,
            configured.orElseGet(() -> addressed(export)),
            said.levels(),
            new Reinspection.Basis(
                sources.versions().orElseThrow(),
                sources.memory(workspace, export.name()).orElse(Released.Memory.NONE),
                prior.orElseThrow(),
                said.budget(sources.noise(export.name()))),
            release.folder());
    found.addAll(promises(export, again));
    return found;
  }

  /** Why the guarantees cannot be derived again; nothing where they can. */
  private Optional<String> missing(RunSources sources, Export export, Optional<PriorLists> prior) {
    if (sources.versions().isEmpty()) {
      return Optional.of(sources.why());
    }
    if (export.kind() == Export.Kind.CELLS && sources.memory(workspace, export.name()).isEmpty()) {
      return Optional.of("The release memory of that night is no longer kept.");
    }
    if (prior.isEmpty()) {
      return Optional.of("A release it went on from is no longer there as it was signed.");
    }
    return export.kind() == Export.Kind.AUDIENCE ? noLonger(export) : changedHierarchy();
  }

  /** Why a list cannot be looked at by what is configured now. */
  private Optional<String> noLonger(Export export) {
    if (!workspace.client().agreement().activation()) {
      return Optional.of("The agreement of its client has no activation any more.");
    }
    return sameKey(export)
        ? Optional.empty()
        : Optional.of("Its destination, or the key of it, is another one now.");
  }

  private boolean sameKey(Export export) {
    JsonNode said = release.manifest().path(PriorAudience.DESTINATION);
    Export now = addressed(export);
    return now.destination() != null
        && now.destination().id().equals(said.path("id").asText())
        && DestinationKey.of(workspace, now).id().equals(said.path(PriorAudience.KEY_ID).asText());
  }

  /** An export with the destination that is configured now: a manifest names no alias. */
  private Export addressed(Export export) {
    return workspace.client().exports().stream()
        .filter(now -> now.name().equals(export.name()))
        .findFirst()
        .map(now -> export.to(now.destination()))
        .orElse(export);
  }

  /** Every guarantee of an export that could not be looked at. */
  private static List<Guarantee> unknown(Export export, String why) {
    return Stream.concat(
            Stream.of(Promise.values()).filter(promise -> promise.of(export)).map(Promise::label),
            Stream.of(WITHHELD))
        .map(name -> Guarantee.unknown(name, why))
        .toList();
  }

  /** The export as it is configured, where nothing of the configuration has changed since. */
  private Optional<Export> configured(RunSources sources) {
    Optional<SourceVersions> versions = sources.versions();
    boolean same =
        versions.isPresent()
            && sources
                .inputs()
                .replace(Stage.ANEW, "")
                .equals(ExportInputs.hash(workspace, versions.get()));
    return workspace.client().exports().stream()
        .filter(export -> same && export.name().equals(release.export()))
        .findFirst();
  }

  private Optional<String> changedHierarchy() {
    for (JsonNode column : release.manifest().path("columns")) {
      Optional<String> then =
          Optional.ofNullable(column.path(DataDictionary.HIERARCHY).textValue());
      String name = column.path("name").asText();
      if (column.has("level") && !then.equals(DataDictionary.hierarchyHash(workspace, name))) {
        return Optional.of("The hierarchy of " + name + " is another one now.");
      }
    }
    return Optional.empty();
  }

  private List<Guarantee> promises(Export export, Reinspection again) {
    List<Guarantee> found = new ArrayList<>();
    for (Promise promise : Promise.values()) {
      if (again.broken().containsKey(promise)) {
        List<String> wrong = new ArrayList<>();
        List<String> codes = again.broken().get(promise);
        if (!codes.isEmpty()) {
          wrong.add("The gate finds: " + String.join(", ", codes) + ".");
        }
        wrong.addAll(beside(export, promise, again));
        found.add(Guarantee.of(promise.label(), wrong, promise.says()));
      } else if (promise.of(export)) {
        found.add(unlooked(promise.label()));
      }
    }
    found.add(again.whole() ? withheld(export, again) : unlooked(WITHHELD));
    return found;
  }

  private static Guarantee unlooked(String name) {
    return Guarantee.unknown(name, "The gate cannot read what lies there as this release.");
  }

  /** What only the manifest says. */
  private List<String> beside(Export export, Promise promise, Reinspection again) {
    List<String> wrong = new ArrayList<>();
    if (again.whole() && promise == Promise.FORMAT) {
      List<String> columns = new ArrayList<>();
      release
          .manifest()
          .path("columns")
          .forEach(
              column ->
                  columns.add(column.path("name").asText() + " " + column.path("type").asText()));
      List<String> there = Stream.of(again.schema().fields()).map(Rederivation::described).toList();
      long rows = 0;
      for (JsonNode file : release.manifest().path("files")) {
        boolean data = file.path("path").asText().startsWith(Content.LIST.stem() + "-");
        rows += data ? file.path("rows").asLong() : 0;
      }
      if (!columns.equals(there) || rows != again.rows()) {
        wrong.add("The manifest describes other columns, or another number of rows.");
      }
    }
    if (promise == Promise.DEFINITIONS) {
      wrong.addAll(
          new SegmentClaims(workspace, export).problems(release.manifest(), again.definitions()));
    }
    return wrong;
  }

  private static String described(StructField field) {
    return field.name() + " " + field.dataType().catalogString();
  }

  private Guarantee withheld(Export export, Reinspection again) {
    String band =
        ReleaseManifest.band(
            again.rows(),
            again.withheld(),
            ReleaseManifest.few(export.kind(), export.privacy().k()));
    boolean right = release.manifest().path("privacy").path(WITHHELD).asText().equals(band);
    return right
        ? Guarantee.holds(WITHHELD, "As much was withheld as the manifest says.")
        : Guarantee.violated(WITHHELD, "The manifest says another band of what was withheld.");
  }
}
