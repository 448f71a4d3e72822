package com.segumento.privacy.questions;

import com.segumento.model.PrivacyRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How much is told of a client's persons in a span of time. An answer that chance has blurred still
 * tells a little of each person, and a refusal tells that the set lies between others: who asks
 * often enough adds it up. Beyond the budget nothing is told, neither new nor old. What counts is
 * what was asked, as far as it differs, and not of whom.
 *
 * @param figures texts of which a figure was told or withheld
 * @param refusals texts of which it was withheld
 */
public record AnswerBudget(int figures, int refusals, Duration span) {
  /**
   * What was told in a span.
   *
   * @param first the instant of the first of it
   */
  public record Spent(long figures, long refusals, Optional<Instant> first) {
    static final Spent NOTHING = new Spent(0, 0, Optional.empty());
  }

  /**
   * What an answer cost. It is a function of what was asked, now and before, and of no person: that
   * is why it may be told. What is left of refusals may not, as it would tell of values of a
   * dimension that are left out whether they are of few persons or were refused.
   *
   * @param figures that were counted for it; what was asked before costs nothing
   * @param left of those that may be told in the span
   */
  public record Cost(long figures, long left, AnswerBudget budget) {}

  /** What an answer cost that was given between the two. */
  public Cost cost(Spent before, Spent after) {
    return new Cost(after.figures() - before.figures(), figures - after.figures(), this);
  }

  /**
   * Lets a question through or not.
   *
   * @param client whose persons it is about
   * @param asked figures that are asked for now, at most
   * @throws PrivacyRefused where the budget is spent
   */
  public void require(String client, Spent spent, long asked) {
    if (spent.figures() + asked > figures) {
      throw refused(
          client,
          "%d of %d figures were told, and %d are asked for"
              .formatted(spent.figures(), figures, asked),
          "figures",
          spent);
    }
    if (spent.refusals() >= refusals) {
      throw refused(
          client,
          "%d figures lay between others and were not told".formatted(spent.refusals()),
          "refusals",
          spent);
    }
  }

  private PrivacyRefused refused(String client, String what, String key, Spent spent) {
    return new PrivacyRefused(
        "Nothing is told of client %s: in answers to questions of the last %d days %s,"
                .formatted(client, span.toDays(), what)
            + " and more would add up to what single persons are like. Ask for less"
            + spent.first().map(first -> ", or after " + first.plus(span)).orElse("")
            + ", or have the privacy officer raise privacy.answers."
            + key
            + ".");
  }

  /**
   * What one figure tells at most, in bits, of whether one person is in a set, to somebody who
   * knows all others. One person more or less moves the bound that is drawn for what is near by
   * one, and then either the bound for what is not far, or the figure before it is rounded.
   */
  static double bitsOfOneFigure(int k) {
    return bitsOfOneFigure(k, 1);
  }

  /** The same where one person changes a set by so many. */
  static double bitsOfOneFigure(int k, int changed) {
    double[] chances = Margins.chances(k);
    double bound = 0;
    for (int at = 1 - changed; at <= chances.length; at++) {
      double[] one = {below(chances, at), 1 - below(chances, at)};
      double more = below(chances, at + changed);
      bound = Math.max(bound, bits(one, new double[] {more, 1 - more}));
    }
    double rounded = 0;
    for (int size = 4 * k; size < 5 * k; size++) {
      rounded = Math.max(rounded, bits(figures(size, k), figures(size + changed, k)));
    }
    return bound + Math.max(bound, rounded);
  }

  private static double below(double[] chances, int bound) {
    return Arrays.stream(chances).limit(Math.max(0, bound)).sum();
  }

  private static double[] figures(int size, int k) {
    double[] chances = Margins.chances(k);
    double[] figures = new double[8];
    for (int less = 0; less < chances.length; less++) {
      figures[(size - less) / k] += chances[less];
    }
    return figures;
  }

  /** What is learned at most of which of two worlds it is, from an answer that has such chances. */
  private static double bits(double[] one, double[] other) {
    double most = 0;
    for (int percent = 1; percent < 100; percent++) {
      double share = percent / 100.0;
      double learned = 0;
      for (int i = 0; i < one.length; i++) {
        double mixed = share * one[i] + (1 - share) * other[i];
        learned += share * bits(one[i], mixed) + (1 - share) * bits(other[i], mixed);
      }
      most = Math.max(most, learned);
    }
    return most;
  }

  private static double bits(double chance, double mixed) {
    return chance <= 0 ? 0 : chance * Math.log(chance / mixed) / Math.log(2);
  }
}
