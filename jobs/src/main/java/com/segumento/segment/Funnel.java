package com.segumento.segment;

import com.segumento.config.RuleSteps;
import com.segumento.config.Segments;
import com.segumento.config.Segments.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The conditions of a segment one after the other, as segments of their own: everybody, who meets
 * the first condition, who meets the first two, and so on up to the segment itself; of a sequence,
 * who went how far. So that they are computed as all segments are, in the same pass.
 */
public final class Funnel {
  /** What the first step keeps. */
  public static final String EVERYBODY = "everybody";

  private final Map<String, String> steps = new LinkedHashMap<>();
  private final List<Segment> added = new ArrayList<>();

  private Funnel() {}

  /**
   * The funnel of a segment.
   *
   * @param prefix of the ids of the steps; no id among the client's begins with it
   */
  public static Funnel of(SparkSession spark, Segments definitions, String id, String prefix) {
    Funnel funnel = new Funnel();
    funnel.step(prefix + 0, EVERYBODY, "true");
    Segment segment =
        definitions.segments().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow();
    String waterfall = waterfall(definitions, id);
    String last =
        segment.where() == null
            ? funnel.parts(segment, prefix)
            : funnel.conditions(Conjuncts.of(spark, segment.where()), prefix);
    if (waterfall.isEmpty()) {
      funnel.steps.put(id, last);
      return funnel;
    }
    if (segment.lookalike() == null) { // what is learned is not learned twice
      String alone = prefix + "rule";
      funnel.steps.put(alone, last);
      funnel.added.add(segment.named(alone));
    }
    funnel.steps.put(id, "in no segment before it in waterfall " + waterfall);
    return funnel;
  }

  private String conditions(List<String> conditions, String prefix) {
    List<String> kept = new ArrayList<>();
    for (String condition : conditions.subList(0, conditions.size() - 1)) {
      kept.add("(" + condition + "\n)"); // a comment may end it
      step(prefix + kept.size(), condition, String.join(" and ", kept));
    }
    return conditions.get(conditions.size() - 1);
  }

  private String parts(Segment segment, String prefix) {
    RuleSteps parts = RuleSteps.of(segment, prefix);
    added.addAll(parts.besides());
    for (RuleSteps.Step part : parts.steps()) {
      steps.put(part.segment().id(), part.says());
      added.add(part.segment());
    }
    return parts.last();
  }

  /** By the id of the segment that computes it, in order, what each step keeps; the last is it. */
  public Map<String, String> steps() {
    return steps;
  }

  /** The segments that were made for it. */
  public List<Segment> added() {
    return added;
  }

  private void step(String id, String says, String where) {
    steps.put(id, says);
    added.add(Segment.where(id, where));
  }

  private static String waterfall(Segments definitions, String id) {
    return definitions.waterfalls().entrySet().stream()
        .filter(waterfall -> waterfall.getValue().indexOf(id) > 0)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
