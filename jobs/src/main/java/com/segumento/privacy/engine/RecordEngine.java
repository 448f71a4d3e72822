package com.segumento.privacy.engine;

import com.segumento.config.DatasetContract.Role;
import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.Records;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.LevelChoice;
import com.segumento.privacy.LevelChoice.How;
import com.segumento.privacy.ReleaseRequest;
import com.segumento.privacy.anonymize.Anonymization;
import com.segumento.privacy.anonymize.Generalized;
import com.segumento.privacy.engine.RecordSettings.Attribute;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the records of an export: at the levels of its last release while they keep what privacy
 * asks for, else at those that lose least. The source is read once; the domains, the combinations
 * and the result are made of what was read.
 */
public final class RecordEngine {
  private static final Logger LOG = LoggerFactory.getLogger(RecordEngine.class);

  private final long rowsAFile;

  public RecordEngine() {
    this(Records.ROWS_A_FILE);
  }

  /** One that writes smaller files, or larger ones. */
  public RecordEngine(long rowsAFile) {
    this.rowsAFile = rowsAFile;
  }

  /**
   * Checks what {@code export} asks for.
   *
   * @throws com.segumento.model.ConfigException where it makes no sense or can't be kept
   */
  public void check(Workspace workspace, Export export, SourceVersions sources) {
    settings(export, new SourcePersons(workspace, sources));
  }

  /**
   * Makes the records and writes them to the request's folder.
   *
   * @throws PrivacyRefused where no levels keep what privacy asks for
   */
  public LevelChoice stage(ReleaseRequest request) {
    return stage(
        request,
        (records, files) ->
            RecordFiles.write(records, files, request.folder(), request.export().format()));
  }

  /**
   * Makes the records.
   *
   * @param writer is given them, in no order, and how many files they are to be cut into
   */
  public LevelChoice stage(ReleaseRequest request, BiConsumer<Dataset<Row>, Integer> writer) {
    SourcePersons source = new SourcePersons(request.workspace(), request.sources());
    RecordSettings settings = settings(request.export(), source);
    Dataset<Row> persons = source.rows(settings).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      RecordDomains domains =
          RecordDomains.of(settings, persons).orElseThrow(() -> refused(request, settings));
      try (Anonymization anonymization =
          Anonymization.of(
              domains.keyed(persons),
              settings.attributes().stream().map(Attribute::name).toList(),
              domains.quasi(),
              domains.sensitive(),
              RecordDemands.of(settings, domains.sensitive()))) {
        Optional<Generalized> kept =
            domains.node(request.pinned()).flatMap(anonymization::at).filter(r -> r.count() > 0);
        Generalized records =
            kept.or(anonymization::optimum)
                .filter(result -> result.count() > 0)
                .orElseThrow(() -> refused(request, settings));
        LevelChoice choice = choice(request, settings, domains, records, kept.isPresent());
        writer.accept(
            released(settings, records.rows()), Records.files(records.count(), rowsAFile));
        return choice;
      }
    } finally {
      persons.unpersist();
    }
  }

  private static LevelChoice choice(
      ReleaseRequest request,
      RecordSettings settings,
      RecordDomains domains,
      Generalized records,
      boolean kept) {
    How how =
        records.leastPossibleLoss().isPresent() ? How.BOUNDED : kept ? How.PINNED : How.OPTIMAL;
    if (settings.given().size() == settings.of(Role.QUASI).size()) {
      how = How.FIXED;
    } else if (!kept && !request.pinned().isEmpty()) {
      LOG.warn(
          "The levels of the last release no longer keep what privacy asks for; chosen anew:"
              + " client={} export={}",
          request.workspace().client().client(),
          request.export().name());
    }
    return new LevelChoice(
        domains.named(records.levels()),
        how,
        OptionalDouble.of(records.informationLoss()),
        records.leastPossibleLoss(),
        records.breakdowns());
  }

  private static Dataset<Row> released(RecordSettings settings, Dataset<Row> rows) {
    return rows.select(
        settings.attributes().stream()
            .map(attribute -> attribute.released().col())
            .toArray(Column[]::new));
  }

  private static RecordSettings settings(Export export, SourcePersons source) {
    return RecordSettings.of(source.workspace(), export, source.profiles(), source.traits());
  }

  private static PrivacyRefused refused(ReleaseRequest request, RecordSettings settings) {
    return new PrivacyRefused(
        "No levels of export "
            + request.export().name()
            + " of client "
            + request.workspace().client().client()
            + " on "
            + request.workspace().date()
            + " keep what its privacy asks for and leave out no more than "
            + settings.suppressionLimit()
            + " of the persons. Nothing of it was published. Raise privacy.suppression_limit, ask"
            + " for less, give fewer levels, or give hierarchies with more of them; persons fewer"
            + " than k are never released.");
  }
}
