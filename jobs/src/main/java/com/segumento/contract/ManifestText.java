package com.segumento.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.segumento.model.DataContractException;
import java.util.regex.Pattern;

/** Reads what a client says of a delivery, whoever wrote it; no refusal quotes the text. */
public final class ManifestText {
  /** JSON as strictly as a manifest is read; written with keys in order. */
  public static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_]{1,40}");

  private ManifestText() {}

  /**
   * Reads a manifest.
   *
   * @param form what it should look like, in words
   * @throws DataContractException with the reason only, where the text is no manifest
   */
  public static <T> T parse(String text, Class<T> type, String form) {
    T manifest;
    try {
      manifest = JSON.readValue(text, type);
    } catch (UnrecognizedPropertyException e) {
      String key = e.getPropertyName();
      throw new DataContractException(
          "the manifest has an unknown key" + (KEY.matcher(key).matches() ? " " + key : ""));
    } catch (JsonProcessingException e) {
      throw new DataContractException( // the parser's own words would quote the text
          "the manifest is not JSON of the form " + form);
    }
    if (manifest == null) {
      throw new DataContractException("the manifest is empty");
    }
    return manifest;
  }
}
