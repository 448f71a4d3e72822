package com.segumento.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.benchmark.Contribution.Subject;
import com.segumento.lake.Lake;
import com.segumento.model.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which clients each period's figures were made of, by subject: a file a set below {@code
 * ops/benchmark_sets}, ids only. Written before the figures are published, so that a run that is
 * killed in between leaves a set too many, never one too few.
 */
record PublishedSets(Lake lake) {
  /** Name of the ledger. */
  static final String NAME = "benchmark_sets";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All sets of a subject, by period. */
  List<Set<String>> of(Subject subject) {
    List<Set<String>> sets = new ArrayList<>();
    for (String file : lake.objects().names(folder(subject))) {
      lake.objects().text(folder(subject) + "/" + file).ifPresent(text -> sets.add(parsed(text)));
    }
    return sets;
  }

  /** Adds a set; done twice it adds one. */
  void add(Subject subject, String period, Set<String> clients) {
    String text = json(new TreeSet<>(clients));
    String file = folder(subject) + "/" + period + "-" + Sha256.hex(text) + ".json";
    if (!lake.objects().exists(file)) {
      lake.objects().write(file, text);
    }
  }

  private String folder(Subject subject) {
    return lake.layout().ops(NAME) + "/" + subject.name() + "." + subject.figure();
  }

  private static Set<String> parsed(String text) {
    try {
      return JSON.readValue(text, new TypeReference<TreeSet<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A file of " + NAME + " holds no set of clients.", e);
    }
  }

  private static String json(Set<String> clients) {
    try {
      return JSON.writeValueAsString(clients);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
