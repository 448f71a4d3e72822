package com.segumento.privacy.questions;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * What is told of how many persons there are.
 *
 * @param persons the figure of {@link Kind#ABOUT}, a multiple of k, or of {@link Kind#EXACT}; 0
 *     otherwise
 */
public record Told(Kind kind, long persons) {
  /** Ways of telling. */
  public enum Kind {
    /** The figure and less than 3k more; or that of another set, less than 3k persons away. */
    ABOUT,
    /** Fewer than 3k, and k or more are no part of it; or near a set of which that was told. */
    FEWER,
    /** The very number of persons, of a set that was published; never in an answer. */
    EXACT,
    /** Nothing: the set is near to one, and not far from another of which different was told. */
    WITHHELD,
    /** Nothing, whoever is in the set: that depends on where too many others are. */
    OF_OTHERS
  }

  /** Why a figure was withheld; it is always this, and says of the persons no more than that. */
  public static final String WHY_WITHHELD =
      "the set is near one that was told of or published, and not far from another of which a"
          + " different figure was";

  /** Why no figure is told of a set; a function of what is asked. */
  public static final String WHY_OF_OTHERS =
      "who is in the set depends on where others are, so that one person more or less may change"
          + " more of it than an answer hides";

  /** What is told of a set that depends on others. */
  public static final Told OF_OTHERS = new Told(Kind.OF_OTHERS, 0);

  static final Comparator<Told> ORDER =
      Comparator.comparing(Told::kind).thenComparing(Told::persons);

  static final Told FEWER = new Told(Kind.FEWER, 0);
  static final Told WITHHELD = new Told(Kind.WITHHELD, 0);

  /** What is told of a set that is like no other. */
  static Told of(long persons, int k) {
    return persons < k ? FEWER : new Told(Kind.ABOUT, persons / k * k);
  }

  /** Whether a set of so many, like no other, may have been told of like this. */
  boolean mayBeOf(long size, int k) {
    long least = of(Math.max(0, size - Margins.most(k)), k).persons;
    boolean answer = kind == Kind.ABOUT || kind == Kind.FEWER;
    return answer && persons >= least && persons <= of(size, k).persons;
  }

  /** What is told of a set whose size is known exactly. */
  static Told exactly(long persons) {
    return new Told(Kind.EXACT, persons);
  }

  /** The same as an answer tells it. */
  Told asAnswer(int k) {
    return kind == Kind.EXACT ? of(persons, k) : this;
  }

  /** For people; of {@code oneIn} sampled persons each stands for so many. */
  public String text(int k, int oneIn) {
    return switch (kind) {
      case ABOUT, EXACT -> String.format(Locale.ROOT, "about %,d", persons * oneIn);
      case FEWER -> String.format(Locale.ROOT, "fewer than %,d", 3L * k * oneIn);
      case WITHHELD, OF_OTHERS -> "not told";
    };
  }

  /** Why nothing is told, where nothing is. */
  public Optional<String> why() {
    return switch (kind) {
      case ABOUT, EXACT, FEWER -> Optional.empty();
      case WITHHELD -> Optional.of(WHY_WITHHELD);
      case OF_OTHERS -> Optional.of(WHY_OF_OTHERS);
    };
  }
}
