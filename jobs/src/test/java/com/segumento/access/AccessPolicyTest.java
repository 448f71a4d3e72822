package com.segumento.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.segumento.access.Evaluator.Request;
import com.segumento.config.Client;
import com.segumento.config.Client.Agreement;
import com.segumento.config.Configuration;
import com.segumento.config.ConfigurationLoader;
import com.segumento.config.Platform;
import com.segumento.model.ClientId;
import com.segumento.model.ConfigException;
import com.segumento.model.LakeLayout;
import com.segumento.model.LakeRegistry;
import com.segumento.testkit.Repository;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Decides every deed of every role at every prefix, by an evaluator of its own. */
class AccessPolicyTest {
  /** r read, l list, w write, d delete, e delete from a table's log only. */
  private static final Map<String, String> DEEDS =
      Map.of(
          "r", "s3:GetObject", "l", "s3:ListBucket", "w", "s3:PutObject", "d", "s3:DeleteObject");

  private static final List<String> PREFIXES =
      List.of(
          "landing/acme/orders",
          "landing/acme/_requests",
          "clients/acme/tables/orders",
          "clients/acme/tables/memberships",
          "clients/acme/quarantine",
          "clients/acme/release_memory",
          "clients/acme/questions",
          "clients/acme/vault",
          "clients/acme/exclusions",
          "clients/acme/nominations",
          "clients/acme/requests",
          "clients/acme/privacy_budget",
          "staging/acme",
          "exports/acme",
          "archive/acme",
          "reference/places",
          "reference/other_stores",
          "ops/runs",
          "ops/audit",
          "ops/usage",
          "ops/requests",
          "ops/certificates",
          "ops/retention",
          "ops/leases/acme",
          "ops/clients/acme",
          "ops/benchmark_sets",
          "ops/alerts.jsonl",
          "benchmarks");

  private static Client plain;
  private static Client activating;
  private static Platform platform;

  @BeforeAll
  static void configure() {
    Configuration read = ConfigurationLoader.load(Repository.path("conf"), new ClientId("acme"));
    platform = read.platform();
    plain = read.clients().get("acme");
    Agreement agreed = plain.agreement();
    activating =
        new Client(
            plain.client(),
            new Agreement(
                agreed.id(),
                agreed.start(),
                agreed.end(),
                agreed.region(),
                agreed.purposes(),
                agreed.benchmarks(),
                true),
            plain.keys(),
            plain.datasets(),
            plain.enrich(),
            plain.segments(),
            plain.exports(),
            plain.retention());
  }

  // The prefixes in the order of PREFIXES; what is not named is denied.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "operator, rl - rlwe rlwe rlwe rlwe - rlwe rl - - rlwe rlwd rlwd"
        + " - rl - rlwe rlw rlwe rl - - rlwd rl rlw rlwd rlwe",
    "data-engineer, - - rl rl - rlwe rlwe - rl - - rlwe rlwd rlwd"
        + " - rl - rlwe rlw rlwe rl - - rlwd rl - - rl",
    "client, w w - - - - - - - - rl - - rl" + " - - - - - - - - - - - - - -",
    "client-pull, - - - - - - - - - - rl - - rl" + " - - - - - - - - - - - - - -",
    "client-drop, w w - - - - - - - - - - - -" + " - - - - - - - - - - - - - -",
    "activation, - - rl rl - rlwe - rl rl - - rlwe rlwd rlwd"
        + " - rl - rlwe rlw rlwe rl - - rlwd rl - - -",
    "privacy-officer, - - - rl - rl - - - - - rl - rl" + " - rl - rl rlw rlwe rl rl rl - rl - - rl",
    "retention, rlwd rlwd rlwd rlwd rlwd rlwd rlwd rlwd rlwd rlwd rlwd rlwd rlwd rlwd"
        + " rlwd rlwd rl rlwe rlw rlwd rlwd rlw rlw rlwd rlw rl rlwd rl",
    "reference-loader, - - - - - - - - - - - - - -" + " - rlwe - - rlw rlwe - - - - - - - -"
  })
  void allowsWhatTheRoleNeedsAndNothingElse(String role, String cells) {
    JsonNode policy = AccessPolicy.of(platform, activating, Role.named(role)).json();
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> found = new TreeMap<>();
    String[] allowed = cells.trim().split(" +");
    assertThat(allowed).hasSameSizeAs(PREFIXES);
    for (int i = 0; i < allowed.length; i++) {
      expected.put(PREFIXES.get(i), allowed[i]);
      found.put(PREFIXES.get(i), allowed(policy, PREFIXES.get(i)));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void nobodyHasAVaultThatIsNotAgreed() {
    JsonNode operator = AccessPolicy.of(platform, plain, Role.OPERATOR).json();
    assertThat(allowed(operator, "clients/acme/vault")).isEqualTo("-");
    assertThatThrownBy(() -> AccessPolicy.of(platform, plain, Role.ACTIVATION))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Nobody has the role activation for client acme, as its agreement has no activation:"
                + " there is no vault.");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void anotherClientsPrefixesAreOutOfReach(Role role) {
    JsonNode policy = AccessPolicy.of(platform, activating, role).json();
    for (String prefix :
        List.of(
            "landing/acme2",
            "clients/acme2/tables",
            "clients/acme2/vault",
            "clients/other/tables",
            "staging/acme2",
            "exports/acme2",
            "exports/acm",
            "Exports/acme",
            "archive/acme2",
            "ops/leases/acme2",
            "ops/clients/acme2",
            "reference/other_stores",
            "exports",
            "landing",
            "clients",
            "ops",
            "",
            "/exports/acme",
            "x/exports/acme",
            "exports//acme",
            "exports/./acme",
            "landing/../clients/acme/vault")) {
      // Who proves a deletion looks everywhere, and changes nothing there.
      assertThat(allowed(policy, prefix)).as(prefix).isEqualTo(role == Role.RETENTION ? "rl" : "-");
    }
    // A key means what it says: this object lies below acme's exports, and is nobody else's.
    String climbing = "exports/acme/../acme2/panel/manifest.json";
    assertThat(new Evaluator(policy).allows(request("s3:GetObject", climbing)))
        .isEqualTo(allowed(policy, "exports/acme").contains("r"));
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "RETENTION")
  void aListingIsCutByItsPrefix(Role role) {
    Evaluator policy = new Evaluator(AccessPolicy.of(platform, activating, role).json());
    Request listing = request("s3:ListBucket", "").without("s3:prefix");
    assertThat(policy.allows(listing)).as("the whole bucket").isFalse();
    for (String prefix :
        List.of("", "e", "exports", "exports/", "exports/acme", "clients/acme", "clients/acme/")) {
      assertThat(policy.allows(listing.with("s3:prefix", prefix))).as(prefix).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void everythingIsOverTlsInTheRegionAndEncrypted(Role role) {
    JsonNode json = AccessPolicy.of(platform, activating, role).json();
    Evaluator policy = new Evaluator(json);
    int tried = 0;
    for (String prefix : PREFIXES) {
      for (String action : DEEDS.values()) {
        Request request = request(action, prefix + (action.endsWith("ListBucket") ? "/" : "/x"));
        if (!policy.allows(request)) {
          continue;
        }
        tried++;
        assertThat(policy.allows(request.with("aws:SecureTransport", "false"))).isFalse();
        assertThat(policy.allows(request.without("aws:SecureTransport"))).isFalse();
        assertThat(policy.allows(request.with("aws:RequestedRegion", "eu-west-1"))).isFalse();
        if (action.equals("s3:PutObject")) {
          String header = "s3:x-amz-server-side-encryption";
          assertThat(policy.allows(request.without(header))).isFalse();
          assertThat(policy.allows(request.with(header, "none"))).isFalse();
          assertThat(policy.allows(request.with(header, "aws:kms"))).isTrue();
        }
      }
    }
    assertThat(tried).isPositive();
    assertThat(json.findValuesAsText("Resource") + json.toString())
        .doesNotContain("\"*\"", "s3:*")
        .matches(text -> role == Role.RETENTION || !text.contains("segumento-lake/*"));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void onlyWhoProvesDeletionsSeesUploadsAndTheWholeBucket(Role role) {
    Evaluator policy = new Evaluator(AccessPolicy.of(platform, activating, role).json());
    boolean proves = role == Role.RETENTION;
    Request listing = request("s3:ListBucket", "").without("s3:prefix");
    Request uploads =
        new Request(
            "s3:ListBucketMultipartUploads",
            "arn:aws:s3:::segumento-lake",
            Map.of("aws:SecureTransport", "true", "aws:RequestedRegion", "ap-south-1"));
    assertThat(policy.allows(listing)).isEqualTo(proves);
    assertThat(policy.allows(listing.with("aws:SecureTransport", "false"))).isFalse();
    assertThat(policy.allows(uploads)).isEqualTo(proves);
    assertThat(policy.allows(uploads.with("aws:RequestedRegion", "eu-west-1"))).isFalse();
  }

  @Test
  void whoReadsBelowAFolderMayAskForItByName() {
    Evaluator policy = new Evaluator(AccessPolicy.of(platform, plain, Role.CLIENT_PULL).json());
    assertThat(policy.allows(request("s3:GetObject", "exports/acme"))).isTrue();
    assertThat(policy.allows(request("s3:GetObject", "exports"))).isFalse();
    assertThat(policy.allows(request("s3:GetObject", "exports/acme2"))).isFalse();
  }

  @Test
  void aLakeBelowABucketIsCutByItsPathToo() {
    Platform deep = platform.withLake("s3a://shared-bucket/segumento/");
    JsonNode policy = AccessPolicy.of(deep, plain, Role.CLIENT).json();
    assertThat(resources(policy))
        .containsExactlyInAnyOrder(
            "arn:aws:s3:::shared-bucket/segumento/clients/acme/requests/*",
            "arn:aws:s3:::shared-bucket/segumento/clients/acme/requests",
            "arn:aws:s3:::shared-bucket/segumento/exports/acme/*",
            "arn:aws:s3:::shared-bucket/segumento/exports/acme",
            "arn:aws:s3:::shared-bucket/segumento/landing/acme/*",
            "arn:aws:s3:::shared-bucket/segumento/landing/acme/*",
            "arn:aws:s3:::shared-bucket");
    assertThat(policy.toString())
        .contains(
            "\"s3:prefix\":[\"segumento/clients/acme/requests/*\",\"segumento/exports/acme/*\"]");
  }

  @Test
  void aFolderIsDescribedInTheSameForm() {
    Platform local = platform.withLake("file:/srv/lake");
    JsonNode policy = AccessPolicy.of(local, plain, Role.CLIENT_PULL).json();
    assertThat(policy)
        .hasToString(
            "{\"Version\":\"2012-10-17\",\"Statement\":["
                + "{\"Sid\":\"Read\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],"
                + "\"Resource\":[\"file:/srv/lake/clients/acme/requests/*\","
                + "\"file:/srv/lake/clients/acme/requests\","
                + "\"file:/srv/lake/exports/acme/*\",\"file:/srv/lake/exports/acme\"]},"
                + "{\"Sid\":\"List\",\"Effect\":\"Allow\",\"Action\":[\"s3:ListBucket\"],"
                + "\"Resource\":[\"file:/srv/lake\"],"
                + "\"Condition\":{\"StringLike\":{\"s3:prefix\":[\"clients/acme/requests/*\",\"exports/acme/*\"]}}}]}");
  }

  @Test
  void noPlaceOfTheLayoutIsForgotten() throws ReflectiveOperationException {
    List<String> prefixes = prefixes();
    LakeLayout layout = new LakeLayout("");
    for (Method method : LakeLayout.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && method.getReturnType() == String.class
          && method.getParameterCount() > 0
          // these give more than one area, or no path below the root
          && !List.of("ops", "client", "relative").contains(method.getName())) {
        String place = place(layout, method).substring(1) + "/";
        assertThat(prefixes)
            .as("%s: %s is in an area", method.getName(), place)
            .anyMatch(place::startsWith);
      }
    }
  }

  @Test
  void nothingThatIsRegisteredIsForgotten() {
    List<String> prefixes = prefixes();
    for (LakeRegistry.Entry entry : LakeRegistry.entries()) {
      String place = entry.prefix().replace("<client>", "acme").replace("<name>", "places") + "/";
      if (!place.equals("ops/places/")) {
        assertThat(prefixes)
            .as(place)
            .anyMatch(prefix -> place.startsWith(prefix) || prefix.startsWith(place));
      }
    }
  }

  /** Of all areas but the one that is everything. */
  private static List<String> prefixes() {
    List<String> prefixes = new ArrayList<>();
    for (Area area : EnumSet.complementOf(EnumSet.of(Area.LAKE))) {
      prefixes.addAll(area.prefixes(platform, activating));
    }
    return prefixes;
  }

  private static String place(LakeLayout layout, Method method)
      throws ReflectiveOperationException {
    Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      Class<?> type = method.getParameterTypes()[i];
      arguments[i] =
          type == ClientId.class
              ? new ClientId("acme")
              : type == LocalDate.class ? LocalDate.of(2026, 2, 27) : "places";
    }
    return (String) method.invoke(layout, arguments);
  }

  /** The deeds that are allowed at a prefix. */
  private static String allowed(JsonNode policy, String prefix) {
    Evaluator evaluator = new Evaluator(policy);
    StringBuilder allowed = new StringBuilder();
    for (String deed : List.of("r", "l", "w", "d")) {
      String key = prefix + (deed.equals("l") ? "/" : "/some/object");
      if (evaluator.allows(request(DEEDS.get(deed), key))) {
        allowed.append(deed);
      }
    }
    if (allowed.indexOf("d") < 0
        && evaluator.allows(request("s3:DeleteObject", prefix + "/_delta_log/0.json"))) {
      allowed.append("e");
    }
    return allowed.isEmpty() ? "-" : allowed.toString();
  }

  private static Request request(String action, String key) {
    boolean list = action.equals("s3:ListBucket");
    Request request =
        new Request(
            action,
            "arn:aws:s3:::segumento-lake" + (list ? "" : "/" + key),
            Map.of("aws:SecureTransport", "true", "aws:RequestedRegion", "ap-south-1"));
    if (list) {
      return request.with("s3:prefix", key);
    }
    return action.equals("s3:PutObject")
        ? request.with("s3:x-amz-server-side-encryption", "AES256")
        : request;
  }

  private static List<String> resources(JsonNode policy) {
    List<String> resources = new ArrayList<>();
    policy
        .path("Statement")
        .forEach(
            statement -> statement.path("Resource").forEach(one -> resources.add(one.asText())));
    return resources;
  }
}
