package com.segumento.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.PrivacyRefused;
import com.segumento.model.SourceVersions;
import com.segumento.privacy.engine.RecordEngine;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random tables, against every node of the lattice tried one by one on lists. */
@ExtendWith(SparkExtension.class)
class RecordOracleTest {
  private static final String[] GENDERS = {"f", "m", "x", null};
  private static final String[] INCOMES = {"low", "middle", "high", null};

  @TempDir Path directory;

  private record Person(Integer age, String gender, String income) {}

  /** A node by trying: what is kept and what that loses. */
  private record Tried(List<String> kept, double loss) {}

  @ParameterizedTest(name = "seed {0}: k={1}, limit {2}, l={3}, t={4}")
  @CsvSource({
    "1, 3, 0.0, 0, 1.0",
    "2, 3, 0.2, 0, 1.0",
    "3, 3, 0.3, 2, 1.0",
    "4, 3, 0.3, 0, 0.35",
    "5, 4, 0.1, 2, 0.5"
  })
  void releasesWhatLosesLeast(int seed, int k, double limit, int l, double t, SparkSession spark) {
    List<Person> persons = persons(new Random(seed));
    CellFixture fixture = new CellFixture(spark, directory);
    persons.forEach(p -> fixture.person(p.age(), p.gender(), p.income(), "Pune", 1, "a"));
    Workspace workspace = fixture.write().workspace(1, definition(k, limit, l, t));
    Export export = workspace.client().exports().get(0);
    ReleaseRequest request =
        new ReleaseRequest(
            workspace, export, new SourceVersions(1, 1, OptionalLong.of(1)), "", Map.of());
    List<Tried> nodes = nodes(persons, k, limit, l, t);
    double least = nodes.stream().mapToDouble(Tried::loss).min().orElse(Double.NaN);

    List<String> released = new ArrayList<>();
    try {
      LevelChoice choice =
          new RecordEngine()
              .stage(
                  request,
                  (rows, files) ->
                      rows.collectAsList().forEach(row -> released.add(row.mkString("|"))));
      assertThat(choice.how()).isEqualTo(LevelChoice.How.OPTIMAL);
      assertThat(choice.informationLoss().orElseThrow()).isCloseTo(least, within(1e-9));
    } catch (PrivacyRefused e) {
      assertThat(nodes).isEmpty();
      return;
    }
    Collections.sort(released);
    assertThat(nodes)
        .filteredOn(node -> node.loss() < least + 1e-9)
        .extracting(Tried::kept)
        .contains(released);
  }

  private static String definition(int k, double limit, int l, double t) {
    return "{name: panel, kind: records, attributes: {age: quasi, gender: quasi, income_band:"
        + " sensitive}, privacy: {k: "
        + k
        + ", suppression_limit: "
        + limit
        + (l > 0 ? ", l: {attribute: income_band, distinct: " + l + "}" : "")
        + (t < 1 ? ", t: {attribute: income_band, max: " + t + ", distance: ordered}" : "")
        + "}}";
  }

  private static List<Person> persons(Random random) {
    List<Person> persons = new ArrayList<>();
    for (int i = 0; i < 12 + random.nextInt(20); i++) {
      persons.add(
          new Person(
              random.nextInt(12) == 0 ? null : 15 + random.nextInt(30),
              GENDERS[random.nextInt(random.nextBoolean() ? 2 : 4)],
              INCOMES[random.nextInt(4)]));
    }
    return persons;
  }

  private static List<Tried> nodes(List<Person> persons, int k, double limit, int l, double t) {
    List<Tried> nodes = new ArrayList<>();
    for (int age = 0; age <= 2; age++) {
      for (int gender = 0; gender <= 2; gender++) {
        Map<String, List<Person>> classes = new HashMap<>();
        for (Person person : persons) {
          classes.computeIfAbsent(label(person, age, gender), key -> new ArrayList<>()).add(person);
        }
        classes.values().removeIf(members -> !holds(members, persons, k, l, t));
        List<String> kept = new ArrayList<>();
        classes.forEach(
            (label, members) -> members.forEach(p -> kept.add(label + "|" + p.income())));
        Collections.sort(kept);
        if (!kept.isEmpty() && persons.size() - kept.size() <= limit * persons.size() + 1e-9) {
          nodes.add(new Tried(kept, loss(persons, classes, age, gender)));
        }
      }
    }
    return nodes;
  }

  private static String label(Person person, int age, int gender) {
    return age(person.age(), age) + "|" + gender(person.gender(), gender);
  }

  private static String age(Integer age, int level) {
    if (level == 2) {
      return "*";
    }
    if (age == null) {
      return "unknown";
    }
    int low = age / 10 * 10;
    return level == 0 ? age.toString() : "[" + low + ", " + (low + 10) + ")";
  }

  private static String gender(String gender, int level) {
    if (level == 2) {
      return "*";
    }
    if (gender == null) {
      return "unknown";
    }
    if (level == 0) {
      return gender;
    }
    return gender.equals("x") ? "unlisted" : "binary";
  }

  private static boolean holds(List<Person> members, List<Person> all, int k, int l, double t) {
    Set<String> values = new HashSet<>();
    members.forEach(person -> values.add(person.income()));
    values.remove(null);
    return members.size() >= k && values.size() >= l && moved(members, all) <= t + 1e-12;
  }

  /** In the order of the contract, what is missing first. */
  private static double moved(List<Person> members, List<Person> all) {
    List<String> order = new ArrayList<>();
    order.add(null);
    order.addAll(List.of("low", "middle", "high"));
    order.removeIf(value -> share(all, value) == 0);
    double carried = 0;
    double work = 0;
    for (String value : order) {
      carried += share(members, value) - share(all, value);
      work += Math.abs(carried);
    }
    return order.size() < 2 ? 0 : work / (order.size() - 1);
  }

  private static double share(List<Person> of, String income) {
    double alike =
        of.stream().filter(person -> java.util.Objects.equals(person.income(), income)).count();
    return alike / of.size();
  }

  private static double loss(
      List<Person> all, Map<String, List<Person>> kept, int ageLevel, int genderLevel) {
    Set<String> ages = new HashSet<>();
    Set<String> genders = new HashSet<>(List.of("f", "m")); // of the hierarchy file
    for (Person person : all) {
      ages.add(person.age() == null ? null : person.age().toString());
      genders.add(person.gender());
    }
    double inAge = 0;
    double inGender = 0;
    double suppressed = all.size();
    for (List<Person> members : kept.values()) {
      for (Person person : members) {
        suppressed--;
        String age = age(person.age(), ageLevel);
        String gender = gender(person.gender(), genderLevel);
        inAge += alike(ages, value -> age(number(value), ageLevel), age);
        inGender += alike(genders, value -> gender(value, genderLevel), gender);
      }
    }
    return Math.sqrt(
            (1 + part(inAge, suppressed, all.size(), ages.size()))
                * (1 + part(inGender, suppressed, all.size(), genders.size())))
        - 1;
  }

  private static Integer number(String value) {
    return value == null ? null : Integer.valueOf(value);
  }

  private static double alike(
      Set<String> domain, java.util.function.Function<String, String> label, String same) {
    double alike = domain.stream().filter(value -> label.apply(value).equals(same)).count();
    return alike / domain.size();
  }

  private static double part(double shares, double suppressed, double rows, double domain) {
    double least = rows / domain;
    return Math.max(0, (shares + suppressed - least) / (rows - least));
  }
}
