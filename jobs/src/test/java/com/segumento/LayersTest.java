package com.segumento;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.lake.Lake;
import com.segumento.lake.MembershipView;
import com.segumento.model.ClientId;
import com.segumento.model.DataClass;
import com.segumento.model.LakeLayout;
import com.segumento.model.Memberships;
import com.segumento.privacy.Released;
import com.segumento.testkit.Repository;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The structure: who may use whom. */
class LayersTest {
  private static final String ROOT = "com.segumento.";
  private static final List<String> STAGES =
      List.of(
          "ingest", "enrich", "segment", "privacy", "export", "reference", "generate", "request");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("com.segumento");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest",
        "enrich",
        "segment",
        "privacy",
        "export",
        "reference",
        "generate",
        "request"
      })
  void noStageUsesASibling(String stage) {
    String[] others =
        STAGES.stream()
            .filter(other -> !other.equals(stage))
            // What only privacy can construct is what export takes.
            .filter(other -> !(stage.equals("export") && other.equals("privacy")))
            .map(LayersTest::tree)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(tree(stage))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(CLASSES);
  }

  @Test
  void stagesKnowNeitherPipelineNorCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(STAGES.stream().map(LayersTest::tree).toArray(String[]::new))
        .or()
        .resideInAnyPackage(
            tree("lake"), tree("contract"), tree("config"), tree("ops"), tree("model"), tree("udf"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(tree("pipeline"), tree("cli"))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(tree("pipeline"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(tree("cli"))
        .check(CLASSES);
  }

  @Test
  void theGroundLayersDependDownwardsOnly() {
    ground("lake", "model", "config", "ops", "udf");
    ground("contract", "config", "model", "udf");
    ground("config", "model");
    ground("ops", "model");
    ground("model");
    ground("udf");
  }

  private static void ground(String layer, String... below) {
    String[] allowed = new String[below.length + 1];
    allowed[0] = tree(layer);
    for (int i = 0; i < below.length; i++) {
      allowed[i + 1] = tree(below[i]);
    }
    classes()
        .that()
        .resideInAPackage(tree(layer))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed)
                .or(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(ROOT + "."))))
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyLakeTouchesDeltaAndHadoop() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("lake"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.delta..",
            "org.apache.hadoop..",
            "org.apache.spark.sql.delta..",
            "software.amazon..")
        .check(CLASSES);
  }

  @Test
  void onlyIngestFillsTheVaultAndOnlyAudiencesAndTheClientsOwnExportAreMadeOfIt() {
    noClasses()
        .that()
        .resideOutsideOfPackages(tree("ingest"), tree("lake"))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + "lake.VaultWriter")
        .check(CLASSES);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "privacy.engine.AudienceTokens")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "privacy.gate.AudienceSource")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "lake.VaultReader")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + "lake.VaultReader")
        .check(CLASSES);
    noClasses()
        .that()
        .haveNameNotMatching(any("lake.VaultReader", "lake.VaultWriter", "client.FullExport"))
        .should()
        .callMethod(LakeLayout.class, "vault", ClientId.class)
        .check(CLASSES);
  }

  /**
   * Who takes all tables of a client has the vault too: retention, to erase, and a client's end.
   */
  @Test
  void onlyRetentionAndRequestsOfTheClientReachEverythingOfIt() {
    noClasses()
        .that()
        .resideOutsideOfPackages(tree("retention"), tree("client"))
        .should()
        .callMethod(LakeLayout.class, "client", ClientId.class)
        .orShould()
        .callMethod(LakeLayout.class, "prefixes", ClientId.class)
        .orShould()
        .callMethod(Lake.class, "tablesBelow", String.class)
        .check(CLASSES);
    noClasses()
        .that()
        .haveNameNotMatching(
            any("model.LakeRegistry", "model.DataClass", "retention.Sweep", "retention.ExpiryPlan"))
        .should()
        .accessField(DataClass.class, DataClass.VAULT.name())
        .check(CLASSES);
  }

  /** A path that is put together of text is seen by no rule about classes. */
  @Test
  void nobodyElseWritesThePathOfTheVault() throws IOException {
    Pattern path = Pattern.compile("\"/clients/|\"([^\"]*/)?vault(/[^\"]*)?\"");
    Set<String> written = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Repository.path("jobs/src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        path.matcher(Files.readString(source))
            .results()
            .forEach(found -> written.add(source.getFileName() + ": " + found.group()));
      }
    }
    assertThat(written)
        .containsExactlyInAnyOrder(
            "Area.java: \"clients/%s/vault/\"", // of a policy
            "FullExport.java: \"vault\"", // the name among the files it writes
            "LakeLayout.java: \"/clients/",
            "LakeLayout.java: \"/vault\"",
            "LakeRegistry.java: \"clients/<client>/vault\"");
  }

  /** These classes and what they hold. */
  private static String any(String... classes) {
    return Pattern.quote(ROOT)
        + "("
        + Stream.of(classes).map(Pattern::quote).collect(joining("|"))
        + ")(\\$.*)?";
  }

  @Test
  void onlyOpsReadsTheClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("ops"))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("cli"))
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void theGateSharesNothingWithTheEngineItJudges() {
    // Nothing of privacy but itself: no noise, key or question of those who make releases either.
    ground("privacy.gate", "lake", "config", "model", "udf");
    noClasses()
        .that()
        .resideInAPackage(tree("privacy.gate"))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(MembershipView.class)
        .orShould()
        .callMethod(Memberships.class, "members", Dataset.class, Dataset.class)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(tree("privacy.engine"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(tree("privacy.gate"))
        .check(CLASSES);
  }

  @Test
  void onlyPrivacyMakesAReleasedTable() {
    classes()
        .that()
        .areAssignableTo(Released.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .andShould()
        .haveOnlyFinalFields()
        .check(CLASSES);
    assertThat(Released.class.getDeclaredConstructors())
        .allSatisfy(constructor -> assertThat(constructor.getModifiers()).isZero());
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Base|Impl)").check(CLASSES);
  }

  private static String tree(String name) {
    return ROOT + name + "..";
  }
}
