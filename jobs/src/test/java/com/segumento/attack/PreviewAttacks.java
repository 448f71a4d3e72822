package com.segumento.attack;

import com.segumento.attack.World.Person;
import com.segumento.model.PrivacyRefused;
import com.segumento.privacy.questions.PlainAnswers;
import com.segumento.privacy.questions.Told;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Attacks by questions. The attacker knows the persons of a segment well enough to name each in a
 * condition, and wants to know what one of them spends: whether that is at least so much, again and
 * again.
 */
record PreviewAttacks(List<Person> persons) {
  private static final int MOST = 1024;
  private static final int TARGETS = 20;
  private static final int K = World.K;
  private static final long SEED = 20_260_301;

  /** How often the attacker asks the same by other words, to tell chance from what it hides. */
  private static final List<Integer> TIMES = List.of(1, 5, 25, 45);

  PreviewAttacks {
    persons = List.copyOf(persons);
  }

  /** Answers a question about persons. */
  private interface Answers extends Function<List<Integer>, Object> {}

  List<Attack> all() {
    Supplier<Answers> exact = () -> List::size;
    Supplier<Answers> rounded =
        () -> {
          PlainAnswers answers = PlainAnswers.certain(K);
          return answers::tellAtOnce;
        };
    return List.of(
        new Attack(
            "Previews by binary search",
            "asks for everybody but one person, or that one too where it spends at least x, for"
                + " ten x",
            learned(exact, this::bisected),
            learned(PreviewAttacks::guarded, this::bisected),
            "what is told of a set is told of all that are fewer than k persons from it"),
        new Attack(
            "Previews that only round",
            "the same, with others left out so that the number is a multiple of k with the one",
            learned(rounded, this::atAnEdge),
            learned(PreviewAttacks::guarded, this::atAnEdge),
            "the same: rounding alone tells at its edges"),
        new Attack(
            "Previews between two sets",
            "asks for k-1 persons and for k more, and then for the k-1 and one of the others"
                + " where it spends at least x: `not told` says that it does. Where chance is in"
                + " the answers, with the sets as far apart as lets them say most, up to 45 times"
                + " for each x",
            learned(PreviewAttacks::certain, this::between),
            mostLearned(Between::new),
            "which sets are too near to tell is drawn for each question; after 50 refusals, or"
                + " 500 figures, nothing is told for a month"),
        new Attack(
            "Previews beside known companions",
            "asks for others, ever new ones of a number it knows, and for the one where it spends"
                + " at least x, so that this makes a multiple of k; or, where chance is in the"
                + " answers, the most difference, up to 45 times for each x",
            learned(PreviewAttacks::certain, Beside.certain()),
            mostLearned(Beside::drawn),
            "how far a figure falls short is drawn for each question; after 500 figures nothing"
                + " is told for a month"));
  }

  private static Answers certain() {
    PlainAnswers answers = PlainAnswers.certain(K);
    return answers::tell;
  }

  private static Answers guarded() {
    PlainAnswers answers = PlainAnswers.of(K, SEED);
    return answers::tell;
  }

  /** Finds what a person spends; -1 where nothing is found. */
  private interface Search {
    int spend(Answers answers, Person target, List<Person> others);
  }

  private Learned learned(Supplier<Answers> answers, Search search) {
    return learned(found(answers.get(), search));
  }

  /** The most that is learned of the product, however often the same is asked. */
  private Learned mostLearned(Function<Integer, Search> search) {
    return learned(
        TIMES.stream()
            .mapToInt(times -> found(guarded(), search.apply(times)))
            .max()
            .orElseThrow());
  }

  private static Learned learned(int found) {
    String of = found == 1 ? "person's spend" : "persons' spend";
    return new Learned(found, of, TARGETS + " were asked for");
  }

  private int found(Answers answers, Search search) {
    int found = 0;
    try {
      for (Person target : persons.subList(0, TARGETS)) {
        List<Person> others =
            persons.stream().filter(person -> person.number() != target.number()).toList();
        if (search.spend(answers, target, others) == target.spend()) {
          found++;
        }
      }
    } catch (PrivacyRefused e) {
      return found; // nothing is told any more
    }
    return found;
  }

  private int bisected(Answers answers, Person target, List<Person> others) {
    return differing(answers, target, others);
  }

  private int atAnEdge(Answers answers, Person target, List<Person> others) {
    int edge = others.size() / K * K - 1;
    return differing(answers, target, others.subList(0, edge));
  }

  private int between(Answers answers, Person target, List<Person> others) {
    List<Person> few = others.subList(0, K - 1);
    List<Person> more = others.subList(K - 1, 2 * K - 2);
    Object ofFew = answers.apply(numbers(few.stream()));
    Object ofAll =
        answers.apply(numbers(Stream.of(few, more, List.of(target)).flatMap(List::stream)));
    return ofFew.equals(ofAll) ? -1 : differing(answers, target, few); // else nothing is between
  }

  /** The same after it was found out how chance works: the sets are as far apart as says most. */
  private record Between(int times) implements Search {
    @Override
    public int spend(Answers answers, Person target, List<Person> others) {
      // Refused is what was told of otherwise nearer than 3k to 5k: 4k-1 on average.
      List<Person> few = others.subList(0, K - 1);
      List<Person> more = others.subList(K - 1, 5 * K - 3);
      Object ofFew = answers.apply(numbers(few.stream()));
      Object ofAll =
          answers.apply(numbers(Stream.of(few, more, List.of(target)).flatMap(List::stream)));
      if (ofFew.equals(ofAll)) {
        return -1;
      }
      return highest(
          target,
          one -> {
            int refused = 0;
            for (int i = 0; i < times; i++) {
              Object told = answers.apply(numbers(Stream.concat(few.stream(), one.stream())));
              refused += PlainAnswers.isRefusal(told) ? 1 : 0;
            }
            return 2 * refused > times;
          });
    }
  }

  /**
   * Asks for a random half of the others and the target.
   *
   * @param less how far a figure falls short on average
   */
  private record Beside(int times, int less, Random random) implements Search {
    static Search certain() {
      return new Beside(1, 0, new Random(SEED));
    }

    static Search drawn(int times) {
      return new Beside(times, K - 1, new Random(SEED));
    }

    @Override
    public int spend(Answers answers, Person target, List<Person> others) {
      List<Person> shuffled = new ArrayList<>(others);
      int multiple = others.size() / 2 / K * K;
      return highest(
          target,
          one -> {
            int more = 0;
            for (int i = 0; i < times; i++) {
              Collections.shuffle(shuffled, random);
              List<Person> beside = shuffled.subList(0, multiple + less - 1);
              Object told = answers.apply(numbers(Stream.concat(beside.stream(), one.stream())));
              more += ((Told) told).persons() >= multiple ? 1 : 0;
            }
            return 2 * more > times;
          });
    }
  }

  /** The most x for which the answer is another than that without the target. */
  private static int differing(Answers answers, Person target, List<Person> others) {
    Object without = answers.apply(numbers(others.stream()));
    return highest(
        target,
        one ->
            !answers.apply(numbers(Stream.concat(others.stream(), one.stream()))).equals(without));
  }

  /**
   * The most x that the target is taken to spend at least.
   *
   * @param there whether the target is taken to be there, of who is
   */
  private static int highest(Person target, Function<List<Person>, Boolean> there) {
    int least = 0;
    int beyond = MOST;
    while (least + 1 < beyond) {
      int x = (least + beyond) / 2;
      if (there.apply(target.spend() >= x ? List.of(target) : List.of())) {
        least = x;
      } else {
        beyond = x;
      }
    }
    return least == 0 ? -1 : least;
  }

  private static List<Integer> numbers(Stream<Person> persons) {
    return persons.map(Person::number).toList();
  }
}
