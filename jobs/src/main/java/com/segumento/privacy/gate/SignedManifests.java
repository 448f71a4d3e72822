package com.segumento.privacy.gate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.lake.Workspace;
import com.segumento.udf.PersonKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.Optional;

/**
 * Reads manifests that carry our signature. An Ed25519 signature is a function of key and message,
 * so that ours is known by making it again.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032, Ed25519</a>
 */
final class SignedManifests {
  private static final String ALIAS = "ops.manifest.key";
  private static final String PURPOSE = "segumento manifest signature 1";
  private static final String ALGORITHM = "Ed25519";
  private static final String SIGNATURE = "signature";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private final Workspace workspace;
  private final PrivateKey key;

  SignedManifests(Workspace workspace) {
    this.workspace = workspace;
    byte[] seed = PersonKey.of(workspace.secrets().secret(ALIAS), PURPOSE);
    try {
      key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is part of every Java 17 platform", e);
    }
  }

  /** The manifest in {@code folder}; nothing where there is none, or none that we have signed. */
  Optional<JsonNode> in(String folder) {
    return workspace
        .lake()
        .objects()
        .text(folder + "/manifest.json")
        .flatMap(SignedManifests::parsed)
        .filter(this::isOurs)
        .map(JsonNode.class::cast);
  }

  private static Optional<ObjectNode> parsed(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode manifest
          ? Optional.of(manifest)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty(); // half written, or no manifest
    }
  }

  private boolean isOurs(ObjectNode manifest) {
    ObjectNode unsigned = manifest.deepCopy();
    unsigned.remove(SIGNATURE);
    try {
      Signature ours = Signature.getInstance(ALGORITHM);
      ours.initSign(key);
      // A tree keeps the order of its text; maps are written in order of their keys.
      ours.update(JSON.writeValueAsBytes(JSON.treeToValue(unsigned, Object.class)));
      byte[] said = Base64.getDecoder().decode(manifest.path(SIGNATURE).path("value").asText());
      return MessageDigest.isEqual(ours.sign(), said);
    } catch (IllegalArgumentException e) {
      return false; // no base64: no signature
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
