package com.segumento.privacy;

import com.segumento.config.Client;
import com.segumento.config.DatasetContract;
import com.segumento.config.Export;
import com.segumento.config.Platform;
import com.segumento.config.Segments;
import com.segumento.lake.Commit;
import com.segumento.lake.Lake;
import com.segumento.lake.Secrets;
import com.segumento.lake.VaultWriter;
import com.segumento.lake.Workspace;
import com.segumento.model.ClientId;
import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.model.Profiles;
import com.segumento.model.SegmentCodes;
import com.segumento.model.Sha256;
import com.segumento.model.Vault;
import com.segumento.ops.Progress;
import com.segumento.testkit.Agreements;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.SecretsFile;
import com.segumento.udf.PersonKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A client with activation, its nights and its vault, under k = 3. Persons 0 to {@link #PERSONS}
 * have a profile; the last of them has no token in the vault.
 */
public final class AudienceFixture {
  public static final ClientId CLIENT = new ClientId("acme");
  public static final int PERSONS = 40;
  public static final int WITHOUT_TOKEN = PERSONS - 1;
  public static final String DSP1 = "the key of destination one, made up";

  /** An audience of all segments but the last. */
  public static final String ADS =
      "{name: ads, kind: audience, segments: [drip, leave, out, small], destination: {id: dsp1, key:"
          + " acme.dsp1.key}, privacy: {k: 3}, format: csv}";

  private static final List<String> SEGMENTS = List.of("drip", "leave", "out", "small", "other");
  private static final String NO_ADS = "no_ads";
  private static final String PERSON_KEY = "the key of the client acme, made up";
  private static final StructType PROFILES =
      Field.schema(Persons.PERSON_KEY, Field.optional(NO_ADS, DataTypes.BooleanType));

  private final SparkSession spark;
  private final Path directory;
  private final Lake lake;
  private final Secrets secrets;

  public AudienceFixture(SparkSession spark, Path directory) {
    this.spark = spark;
    this.directory = directory;
    this.lake = Lake.open(spark, directory.resolve("lake").toUri().toString());
    this.secrets = secrets(directory);
  }

  private static Secrets secrets(Path directory) {
    Configuration hadoop = new Configuration(false);
    try {
      hadoop.set(
          CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH,
          SecretsFile.write(
              directory.resolve("secrets.jceks"),
              Map.of(
                  "acme.person.key",
                  PERSON_KEY,
                  "acme.dsp1.key",
                  DSP1,
                  "acme.dsp2.key",
                  "the key of destination two, made up",
                  "acme.dsp3.key",
                  "the key of destination three, made up",
                  "acme.dsp4.key",
                  "the key of destination four, made up",
                  "acme.same.key",
                  DSP1,
                  "acme.short.key",
                  "too short",
                  "ops.manifest.key",
                  "a secret of at least thirty-two bytes")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Secrets(hadoop);
  }

  /** Fills the vault and names the segments. */
  public AudienceFixture write(LocalDate first) {
    List<Row> codes = new ArrayList<>();
    for (String segment : SEGMENTS) {
      codes.add(RowFactory.create(SEGMENTS.indexOf(segment), segment, "hash-of-" + segment));
    }
    write(SegmentCodes.NAME, SegmentCodes.SCHEMA, codes, first);
    List<Row> vault = new ArrayList<>();
    for (int person = 0; person < WITHOUT_TOKEN; person++) {
      vault.add(RowFactory.create(key(person), token(person).getBytes(StandardCharsets.UTF_8)));
    }
    VaultWriter.open(workspace(first, 1))
        .add(spark.createDataFrame(vault, Vault.SCHEMA), Map.of("stage", "ingest"));
    return this;
  }

  /** One night: who is in which segment, and who has opted out by then. */
  public void night(LocalDate date, Map<String, Set<Integer>> members, Set<Integer> out) {
    List<Row> profiles = new ArrayList<>();
    List<Row> memberships = new ArrayList<>();
    for (int person = 0; person < PERSONS; person++) {
      int one = person;
      profiles.add(RowFactory.create(key(person), out.contains(person) ? Boolean.TRUE : null));
      int[] codes =
          IntStream.range(0, SEGMENTS.size())
              .filter(i -> members.getOrDefault(SEGMENTS.get(i), Set.of()).contains(one))
              .toArray();
      if (codes.length > 0) {
        memberships.add(
            RowFactory.create(
                Date.valueOf(date),
                key(person),
                codes,
                Collections.nCopies(codes.length, Date.valueOf(date)).toArray(Date[]::new)));
      }
    }
    profiles.add(profiles.get(0));
    write(Profiles.NAME, PROFILES, profiles, date);
    memberships.add(memberships.get(0));
    write(Memberships.NAME, Memberships.SCHEMA, memberships, date);
  }

  private void write(String table, StructType schema, List<Row> rows, LocalDate date) {
    String path = lake.layout().table(CLIENT, table);
    boolean nights = table.equals(Memberships.NAME);
    Commit commit = Commit.of(Map.of("date", date.toString(), "run", date + "-1"));
    lake.tables()
        .declare(path, schema, nights ? List.of(Memberships.BUSINESS_DATE.name()) : List.of());
    if (nights) {
      lake.tables().append(path, spark.createDataFrame(rows, schema).coalesce(1), commit);
    } else {
      lake.tables().overwrite(path, spark.createDataFrame(rows, schema).coalesce(1), commit);
    }
  }

  /** A workspace of run {@code <date>-<n>} with these exports. */
  public Workspace workspace(LocalDate date, int n, String... exports) {
    return optingOutBy(NO_ADS, date, n, exports);
  }

  /** One whose contract has another column to opt out by, or none. */
  public Workspace optingOutBy(String optOut, LocalDate date, int n, String... exports) {
    return new Workspace(
        spark,
        lake,
        secrets,
        new Platform(
            lake.layout().root(), Map.of(), new Platform.PrivacyFloor(3, 3, 3, 400), 365, null),
        client(optOut, List.of(exports).stream().map(CellFixture::export).toList()),
        new Segments(Map.of(), SEGMENTS.stream().map(AudienceFixture::segment).toList(), Map.of()),
        date,
        date + "-" + n,
        directory,
        Progress.SILENT);
  }

  /** Of the same client after its agreement about activation has ended. */
  public Workspace withoutActivation(Workspace with) {
    Client client = with.client();
    Client.Agreement agreed = client.agreement();
    Client.Agreement agreement =
        new Client.Agreement(
            agreed.id(),
            agreed.start(),
            agreed.end(),
            agreed.region(),
            agreed.purposes(),
            agreed.benchmarks(),
            false);
    Client without = Agreements.under(agreement, client);
    return new Workspace(
        spark,
        lake,
        secrets,
        with.platform(),
        without,
        with.segments(),
        with.date(),
        with.run(),
        directory,
        Progress.SILENT);
  }

  /** A segment that says of its members what they are. */
  private static Segments.Segment segment(String id) {
    return Definitions.segment(
        "{id: %s, title: Those of %s, version: 2, taxonomy: \"Health | Those of %s\", where: 'true'}"
            .formatted(id, id, id));
  }

  private static Client client(String optOut, List<Export> exports) {
    DatasetContract.ColumnContract noAds =
        new DatasetContract.ColumnContract(
            "boolean", null, null, null, null, null, null, null, null, null, null);
    return new Client(
        CLIENT.value(),
        new Client.Agreement(
            "MSA-1",
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 12, 31),
            "in",
            List.of(Client.Purpose.SEGMENTATION),
            false,
            true),
        new Client.Keys("acme.person.key"),
        List.of(
            new DatasetContract(
                "customers",
                DatasetContract.Kind.PROFILE,
                DatasetContract.Mode.UPSERT,
                DatasetContract.Format.CSV,
                null,
                new DatasetContract.Token(
                    "customer_hash", DatasetContract.Token.Scheme.SHA256_HEX, true),
                null,
                null,
                null,
                optOut,
                Map.of(NO_ADS, noAds),
                new DatasetContract.Expectations(1L, null, 0.1, null, null))),
        null,
        null,
        exports,
        new Client.Retention(730, 30, 7, 90, 0, null, false));
  }

  public Lake lake() {
    return lake;
  }

  /** The token of a person as the client delivers it. */
  public static String token(int person) {
    return Sha256.hex("salt" + person);
  }

  public static byte[] key(int person) {
    return PersonKey.of(PERSON_KEY.getBytes(StandardCharsets.UTF_8), token(person));
  }

  /** The token of a person as a destination with this key knows it. */
  public static String rehashed(int person, String secret) {
    return HexFormat.of()
        .formatHex(PersonKey.of(secret.getBytes(StandardCharsets.UTF_8), token(person)));
  }
}
