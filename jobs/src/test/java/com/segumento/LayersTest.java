package com.segumento;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.segumento.model.ClientId;
import com.segumento.model.LakeLayout;
import com.segumento.privacy.Released;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
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
  void onlyIngestFillsTheVaultAndOnlyAudiencesAreMadeOfIt() {
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
        .resideOutsideOfPackage(tree("lake"))
        .should()
        .callMethod(LakeLayout.class, "vault", ClientId.class)
        .check(CLASSES);
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
    noClasses()
        .that()
        .resideInAPackage(tree("privacy.gate"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            tree("privacy.engine"), tree("privacy.anonymize"), tree("privacy.lattice"))
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
    org.assertj.core.api.Assertions.assertThat(Released.class.getDeclaredConstructors())
        .allSatisfy(
            constructor ->
                org.assertj.core.api.Assertions.assertThat(constructor.getModifiers()).isZero());
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Base|Impl)").check(CLASSES);
  }

  private static String tree(String name) {
    return ROOT + name + "..";
  }
}
