package com.segumento.benchmark;

import com.segumento.model.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one client's persons on a day, by subject: how many have each label, or what the
 * mean of a figure of their district is. Grows with labels, not with persons.
 *
 * @param client its id; stays out of what is published
 */
record Contribution(String client, Map<Subject, Map<String, Part>> parts) {

  Contribution {
    parts = Map.copyOf(parts);
  }

  /**
   * What figures are about.
   *
   * @param name of the subject, as {@code place.state}
   * @param figure {@code share} of persons by label, or {@code mean} of a number
   */
  record Subject(String name, String figure) {
    static Subject share(Field of, Field member) {
      return new Subject(of.name() + "." + member.name(), "share");
    }

    static Subject mean(Field of, Field member) {
      return new Subject(of.name() + "." + member.name(), "mean");
    }
  }

  /** Persons of whom something is known on a subject. */
  long persons(Subject subject) {
    return of(subject).values().stream().mapToLong(Part::persons).sum();
  }

  /** The parts on a subject, by label; none where nothing is known. */
  Map<String, Part> of(Subject subject) {
    return parts.getOrDefault(subject, Map.of());
  }

  /** Collects what rows say. */
  static final class Builder {
    private final Map<Subject, Map<String, Long>> persons = new LinkedHashMap<>();
    private final Map<Subject, double[]> sums = new LinkedHashMap<>();

    /** Adds persons that have a label; a null one is not known. */
    void label(Subject subject, String label, long many) {
      if (label != null) {
        persons.computeIfAbsent(subject, key -> new TreeMap<>()).merge(label, many, Long::sum);
      }
    }

    /** Adds persons of whom a number is known, and what their numbers add up to. */
    void number(Subject subject, long many, double sum) {
      double[] all = sums.computeIfAbsent(subject, key -> new double[2]);
      all[0] += many;
      all[1] += sum;
    }

    Contribution build(String client) {
      Map<Subject, Map<String, Part>> parts = new LinkedHashMap<>();
      persons.forEach((subject, labels) -> parts.put(subject, shares(labels)));
      sums.forEach(
          (subject, all) -> {
            if (all[0] > 0) {
              parts.put(subject, Map.of("", new Part((long) all[0], all[1] / all[0])));
            }
          });
      return new Contribution(client, parts);
    }

    private static Map<String, Part> shares(Map<String, Long> labels) {
      double all = labels.values().stream().mapToLong(Long::longValue).sum();
      Map<String, Part> parts = new TreeMap<>();
      labels.forEach((label, many) -> parts.put(label, new Part(many, many / all)));
      return parts;
    }
  }
}
