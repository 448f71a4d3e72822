package com.segumento.attack;

import com.segumento.attack.World.Person;
import com.segumento.privacy.questions.PlainAnswers;
import java.util.List;
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

  PreviewAttacks {
    persons = List.copyOf(persons);
  }

  /** Answers a question about persons. */
  private interface Answers extends Function<List<Integer>, Object> {}

  List<Attack> all() {
    Supplier<Answers> exact = () -> List::size;
    Supplier<Answers> rounded =
        () -> {
          PlainAnswers answers = new PlainAnswers(World.K);
          return answers::tellAtOnce;
        };
    Supplier<Answers> guarded =
        () -> {
          PlainAnswers answers = new PlainAnswers(World.K);
          return answers::tell;
        };
    return List.of(
        new Attack(
            "Previews by binary search",
            "asks for everybody but one person, or that one too where it spends at least x, for"
                + " ten x",
            learned(exact, this::bisected),
            learned(guarded, this::bisected),
            "what is told of a set is told of all that are fewer than k persons from it"),
        new Attack(
            "Previews that only round",
            "the same, with others left out so that the number is a multiple of k with the one",
            learned(rounded, this::atAnEdge),
            learned(guarded, this::atAnEdge),
            "the same: rounding alone tells at its edges"),
        new Attack(
                "Previews between two sets",
                "asks for k-1 persons and for k more, and then for the k-1 and one of the others"
                    + " where it spends at least x: `not told` says that it does",
                learned(exact, this::between),
                learned(guarded, this::between),
                "")
            .succeeding(
                "who can name 2k-1 persons of a segment hears it from a refusal (said in"
                    + " `TellingGuard`)"));
  }

  /** Finds what a person spends; -1 where nothing is found. */
  private interface Search {
    int spend(Answers answers, Person target, List<Person> others);
  }

  private Learned learned(Supplier<Answers> answers, Search search) {
    List<Person> targets = persons.subList(0, TARGETS);
    int found = 0;
    for (Person target : targets) {
      List<Person> others =
          persons.stream().filter(person -> person.number() != target.number()).toList();
      if (search.spend(answers.get(), target, others) == target.spend()) {
        found++;
      }
    }
    return new Learned(found, "persons' spend", TARGETS + " were asked for");
  }

  private int bisected(Answers answers, Person target, List<Person> others) {
    return search(answers, target, others);
  }

  private int atAnEdge(Answers answers, Person target, List<Person> others) {
    int edge = others.size() / World.K * World.K - 1;
    return search(answers, target, others.subList(0, edge));
  }

  private int between(Answers answers, Person target, List<Person> others) {
    List<Person> few = others.subList(0, World.K - 1);
    List<Person> more = others.subList(World.K - 1, 2 * World.K - 2);
    Object ofFew = answers.apply(numbers(few.stream()));
    Object ofAll =
        answers.apply(numbers(Stream.of(few, more, List.of(target)).flatMap(List::stream)));
    if (ofFew.equals(ofAll)) {
      return -1; // then there is nothing in between
    }
    return search(answers, target, few);
  }

  /** The most x for which the answer is another than that without the target. */
  private static int search(Answers answers, Person target, List<Person> others) {
    Object without = answers.apply(numbers(others.stream()));
    int least = 0;
    int beyond = MOST;
    while (least + 1 < beyond) {
      int x = (least + beyond) / 2;
      Stream<Person> one = target.spend() >= x ? Stream.of(target) : Stream.empty();
      Object told = answers.apply(numbers(Stream.concat(others.stream(), one)));
      if (told.equals(without)) {
        beyond = x;
      } else {
        least = x;
      }
    }
    return least == 0 ? -1 : least;
  }

  private static List<Integer> numbers(Stream<Person> persons) {
    return persons.map(Person::number).toList();
  }
}
