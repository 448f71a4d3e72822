package com.segumento.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.model.ConfigException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ManifestSignerTest {
  private static final ManifestSigner SIGNER = signer("0123456789abcdef0123456789abcdef");

  @Test
  void oneSecretGivesOneKeyAndOneSignature() {
    ManifestSigner again = signer("0123456789abcdef0123456789abcdef");
    assertThat(again.publicKey()).isEqualTo(SIGNER.publicKey());
    assertThat(Manifest.signed(manifest(), again)).isEqualTo(Manifest.signed(manifest(), SIGNER));
    assertThat(signer("another secret, at least as long as it").publicKey())
        .isNotEqualTo(SIGNER.publicKey());
  }

  @Test
  void aSignatureSurvivesAnotherLayoutOnly() {
    String text = Manifest.signed(manifest(), SIGNER);
    assertThat(verifies(text)).isTrue();
    assertThat(verifies(text.replace("\n", " "))).isTrue();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetterOrDigit(text.charAt(i))) {
        char other = text.charAt(i) == '1' ? '2' : '1';
        String changed = text.substring(0, i) + other + text.substring(i + 1);
        assertThat(verifies(changed)).as("character %s", i).isFalse();
      }
    }
    assertThat(verifies(text.replaceFirst("\\{", "{\"more\": 1,"))).isFalse();
    assertThat(verifies(text.replaceFirst("\\{", "{\"rows\": 12,"))).isFalse();
    assertThat(verifies(text + "{}")).isFalse();
  }

  @Test
  void aManifestSignedWithAnotherKeyIsNotOurs() {
    String forged = Manifest.signed(manifest(), signer("another secret, at least as long as it"));
    assertThat(verifies(forged)).isFalse();
  }

  @Test
  void refusesAShortSecret() {
    assertThatThrownBy(() -> signer("0123456789abcdef0123456789abcde"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The secret ops.manifest.key is too short to sign manifests with. Create one of at"
                + " least 32 bytes with: segumento secret create ops.manifest.key");
  }

  private static boolean verifies(String text) {
    JsonNode manifest = Manifest.parse(text);
    return !manifest.isMissingNode() && Manifest.verifies(manifest, SIGNER.publicKey());
  }

  private static ObjectNode manifest() {
    return JsonNodeFactory.instance.objectNode().put("rows", 12).put("p", 20.5).put("a", "b");
  }

  private static ManifestSigner signer(String secret) {
    return new ManifestSigner(secret.getBytes(StandardCharsets.UTF_8));
  }
}
