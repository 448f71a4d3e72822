package com.segumento.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Decides requests by an identity policy as AWS IAM does: what no statement allows is denied; a
 * condition on a key the request does not have is not met. Written from IAM's documentation, not
 * from our policies; what it does not know fails.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">
 *     Policy evaluation logic</a>
 */
public record Evaluator(JsonNode policy) {

  /**
   * A request.
   *
   * @param context condition keys it carries
   */
  public record Request(String action, String resource, Map<String, String> context) {
    public Request with(String key, String value) {
      Map<String, String> more = new HashMap<>(context);
      more.put(key, value);
      return new Request(action, resource, more);
    }

    public Request without(String key) {
      Map<String, String> less = new HashMap<>(context);
      less.remove(key);
      return new Request(action, resource, less);
    }
  }

  /** Whether the policy allows it. */
  public boolean allows(Request request) {
    boolean allowed = false;
    for (JsonNode statement : policy.path("Statement")) {
      for (String name : names(statement)) {
        if (!List.of("Sid", "Effect", "Action", "Resource", "Condition").contains(name)) {
          throw new IllegalArgumentException("Unknown element " + name);
        }
      }
      boolean applies =
          any(statement.path("Action"), request.action())
              && any(statement.path("Resource"), request.resource())
              && met(statement.path("Condition"), request.context());
      if (applies && statement.path("Effect").asText().equals("Deny")) {
        return false;
      }
      allowed |= applies && statement.path("Effect").asText().equals("Allow");
    }
    return allowed;
  }

  private static boolean met(JsonNode conditions, Map<String, String> context) {
    for (String operator : names(conditions)) {
      for (String key : names(conditions.path(operator))) {
        String value = context.get(key);
        JsonNode wanted = conditions.path(operator).path(key);
        boolean met =
            value != null
                && switch (operator) {
                  case "StringEquals", "Bool" -> values(wanted).contains(value);
                  case "StringLike" -> any(wanted, value);
                  default -> throw new IllegalArgumentException("Unknown operator " + operator);
                };
        if (!met) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean any(JsonNode patterns, String value) {
    return values(patterns).stream().anyMatch(pattern -> like(pattern, value));
  }

  private static boolean like(String pattern, String value) {
    return Pattern.compile(
            Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), Pattern.DOTALL)
        .matcher(value)
        .matches();
  }

  private static List<String> values(JsonNode node) {
    List<String> values = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(value -> values.add(value.asText()));
    } else {
      values.add(node.asText());
    }
    return values;
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
