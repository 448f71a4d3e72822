package com.segumento.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Platform;
import com.segumento.model.DataContractException;
import com.segumento.model.Law;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestManifestTest {
  private static final String FILES =
      "[{\"path\": \"t.csv\", \"sha256\": \"" + "a".repeat(64) + "\", \"rows\": 2}]";

  private static String manifest(String kind, String more) {
    return "{\"requestId\": \"r-1\", \"client\": \"acme\", \"kind\": \""
        + kind
        + "\", \"law\": \"gdpr\", \"received\": \"2026-03-01\", \"files\": "
        + FILES
        + more
        + "}";
  }

  @Test
  void whatIsSignedIsTheManifestWithoutSignatureInOrderAndWithoutBlanks() {
    String text = manifest("erase", ", \"signature\": {\"algorithm\": \"x\", \"value\": \"y\"}");
    assertThat(new String(RequestManifest.signed(text), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"client\":\"acme\",\"files\":[{\"path\":\"t.csv\",\"rows\":2,\"sha256\":\""
                + "a".repeat(64)
                + "\"}],\"kind\":\"erase\",\"law\":\"gdpr\",\"received\":\"2026-03-01\","
                + "\"requestId\":\"r-1\"}");
  }

  @Test
  void aSignatureIsThatOfTheContentUnderTheSecretOnly() throws Exception {
    RequestSigner signer =
        new RequestSigner("a secret of both sides".getBytes(StandardCharsets.UTF_8));
    ObjectNode unsigned = (ObjectNode) new ObjectMapper().readTree(manifest("erase", ""));
    String signed = RequestManifest.sign(unsigned, signer);
    RequestManifest read = RequestManifest.parse(signed);
    assertThat(signer.verifies(RequestManifest.signed(signed), read.signature())).isTrue();
    String altered = signed.replace("\"rows\" : 2", "\"rows\" : 3");
    assertThat(altered).isNotEqualTo(signed);
    assertThat(signer.verifies(RequestManifest.signed(altered), read.signature())).isFalse();
    RequestSigner other =
        new RequestSigner("another secret of both".getBytes(StandardCharsets.UTF_8));
    assertThat(other.verifies(RequestManifest.signed(signed), read.signature())).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"kind\": \"erase\"|\"kind\": \"ERASE\"|the manifest's kind is none of access, port,"
            + " correct, erase, withdraw, restrict, object, lift, nominate",
        "\"law\": \"gdpr\"|\"law\": \"ccpa\"|the manifest's law is neither gdpr nor dpdp",
        "r-1|../r|the manifest's requestId is not of the form [A-Za-z0-9][A-Za-z0-9._-]{0,39}",
        "2026-03-01|yesterday|the manifest's received is neither a date nor an instant, as in"
            + " 2026-03-01 or 2026-03-01T09:30:00Z",
        "t.csv|../t.csv|the manifest lists a path that is no plain name ending in .csv or .json,"
            + " and .gz or .zst where it is compressed",
        "\"rows\": 2|\"rows\": -2|the manifest lists a negative number of rows",
        "\"kind\": \"erase\"|\"kind\": \"lift\"|the manifest says wrongly what it lifts: a lift"
            + " names restrict, object or withdraw, and nothing else does",
        "\"law\"|\"lawyer\": 1, \"law\"|the manifest has an unknown key lawyer",
      })
  void refusesWhatIsNoRequest(String from, String to, String why) {
    String text = manifest("erase", "");
    assertThat(text).contains(from);
    assertThatThrownBy(() -> RequestManifest.parse(text.replace(from, to)))
        .isInstanceOf(DataContractException.class)
        .hasMessage(why);
  }

  @ParameterizedTest(name = "{0} received {1}: until {2}")
  @CsvSource({
    "GDPR, 2026-01-15, 2026-02-15",
    "GDPR, 2026-01-31, 2026-02-28",
    "DPDP, 2026-01-15, 2026-04-15"
  })
  void deadlinesAreThoseOfTheLaws(Law law, LocalDate received, LocalDate deadline) {
    var platform = new Platform("x", null, null, 365, null);
    assertThat(platform.requests().deadline(law, received)).isEqualTo(deadline);
  }

  @Test
  void deadlinesCanBeShorter() {
    var requests = new Platform.Requests(20, 45, null, null);
    LocalDate day = LocalDate.parse("2026-01-15");
    assertThat(requests.deadline(Law.GDPR, day)).isEqualTo("2026-02-04");
    assertThat(requests.deadline(Law.DPDP, day)).isEqualTo("2026-03-01");
    assertThat(requests.alertDays()).isEqualTo(7);
    assertThat(requests.bundleDays()).isEqualTo(30);
  }
}
