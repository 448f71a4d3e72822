package com.segumento.segment;

import com.segumento.model.Sha256;
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
    return new SegmentDefinition(id, rule, Sha256.hex(canonical.toString()));
  }
}
