package com.segumento.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * The text of a release's {@value #NAME}. What is signed is the manifest without its signature, as
 * JSON without white space, keys in order: laying the file out anew does not break the signature,
 * changing any value of it does.
 */
public final class Manifest {
  public static final String NAME = "manifest.json";
  static final String SIGNATURE = "signature";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Manifest() {}

  /** {@code unsigned} with its signature, laid out to be read. */
  public static String signed(ObjectNode unsigned, ManifestSigner signer) {
    try {
      ObjectNode manifest = (ObjectNode) JSON.readTree(JSON.writeValueAsString(unsigned));
      manifest
          .putObject(SIGNATURE)
          .put("algorithm", ManifestSigner.ALGORITHM)
          .put("public_key", signer.publicKey())
          .put("value", signer.sign(canonical(manifest)));
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether {@code manifest} carries its signature under {@code publicKey}. */
  public static boolean verifies(JsonNode manifest, String publicKey) {
    JsonNode signature = manifest.path(SIGNATURE);
    return signature.size() == 3
        && signature.path("algorithm").asText().equals(ManifestSigner.ALGORITHM)
        && signature.path("public_key").asText().equals(publicKey)
        && ManifestSigner.verifies(
            canonical(manifest), signature.path("value").asText(), publicKey);
  }

  /** The manifest's tree; a missing node where the text is no JSON object. */
  public static JsonNode parse(String text) {
    try {
      JsonNode manifest = JSON.readTree(text);
      return manifest.isObject() ? manifest : JSON.missingNode();
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // half written, or no manifest
    }
  }

  private static byte[] canonical(JsonNode manifest) {
    ObjectNode unsigned = ((ObjectNode) manifest).deepCopy();
    unsigned.remove(SIGNATURE);
    try {
      // A tree keeps the order of its text; maps are written in order of their keys.
      return JSON.writeValueAsString(JSON.treeToValue(unsigned, Object.class))
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
