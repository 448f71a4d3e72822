package com.segumento.segment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checked segment.
 *
 * @param hash SHA-256 of the rule and of every trait it reads; title and version are no part of it
 */
record SegmentDefinition(String id, SqlExpression rule, String hash) {

  static SegmentDefinition of(String id, SqlExpression rule, Map<String, TraitDefinition> traits) {
    StringBuilder canonical = new StringBuilder("where|").append(rule.canonical()).append('\n');
    new TreeMap<>(traits)
        .forEach(
            (name, trait) -> {
              if (rule.columns().contains(name)) {
                canonical.append(name).append('|').append(trait.canonical()).append('\n');
              }
            });
    return new SegmentDefinition(id, rule, sha256(canonical.toString()));
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
