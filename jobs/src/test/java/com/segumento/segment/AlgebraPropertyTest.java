package com.segumento.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.segment.NaiveAlgebra.Kind;
import com.segumento.segment.NaiveAlgebra.Lists;
import com.segumento.segment.NaiveAlgebra.Person;
import com.segumento.segment.NaiveAlgebra.Split;
import com.segumento.segment.NaiveAlgebra.Where;
import com.segumento.testkit.Definitions;
import com.segumento.testkit.SparkExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Random segments of segments have the members that their rules mean. */
class AlgebraPropertyTest {
  private static final int SEGMENTS = 14;
  private static final Field IN = Field.required("found", DataTypes.IntegerType);
  private static final List<Person> PERSONS = persons();

  @Property(tries = 40)
  void agreesWithTheNaiveEvaluator(@ForAll Random random) {
    NaiveAlgebra naive = definitions(random);
    SparkSession spark = SparkExtension.session();
    List<SegmentDefinition> segments =
        SegmentDefinitions.resolve(
                spark, SegmentFixtures.client(), Definitions.segments(naive.yaml()))
            .segments();
    Map<Integer, Set<String>> expected = new TreeMap<>();
    Map<Integer, Set<String>> found = new TreeMap<>();
    PERSONS.forEach(person -> expected.put(person.id(), naive.segments(person)));
    Dataset<Row> rows = rows(spark);
    for (Row row :
        rows.select(Persons.PERSON_KEY.col(), MatchedPositions.of(rows, segments).as(IN.name()))
            .collectAsList()) {
      Set<String> in = new TreeSet<>();
      row.<Integer>getList(1).forEach(position -> in.add(segments.get(position - 1).id()));
      found.put((int) row.<byte[]>getAs(0)[0], in);
    }
    assertThat(found).as(naive.yaml()).isEqualTo(expected);
  }

  private static NaiveAlgebra definitions(Random random) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < SEGMENTS; i++) {
      ids.add("s" + i);
    }
    Collections.shuffle(ids, random); // a segment reads those before it
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (int i = 0; i < SEGMENTS; i++) {
      kinds.put(ids.get(i), kind(random, ids.subList(0, i)));
    }
    Map<String, List<String>> waterfalls = new LinkedHashMap<>();
    waterfalls.put("first", some(random, ids.subList(0, SEGMENTS / 2)));
    waterfalls.put("second", some(random, ids.subList(SEGMENTS / 2, SEGMENTS)));
    List<String> written = new ArrayList<>(ids);
    Collections.shuffle(written, random);
    Map<String, Kind> shuffled = new LinkedHashMap<>();
    written.forEach(id -> shuffled.put(id, kinds.get(id)));
    return new NaiveAlgebra(shuffled, waterfalls);
  }

  private static Kind kind(Random random, List<String> earlier) {
    int kind = earlier.isEmpty() ? 0 : random.nextInt(10);
    if (kind < 3) {
      return own(random.nextInt(8));
    }
    if (kind < 6) {
      return ofSegments(pick(random, earlier), pick(random, earlier), random.nextInt(6));
    }
    if (kind < 8) {
      List<String> include = some(random, earlier);
      List<String> exclude = some(random, earlier);
      return new Lists(include, include.isEmpty() && exclude.isEmpty() ? earlier : exclude);
    }
    int from = random.nextInt(100);
    int share = random.nextInt(100 - from);
    String salt = random.nextBoolean() ? "north" : "south";
    return new Split(pick(random, earlier), share + ".5", Integer.toString(from), salt);
  }

  private static Where own(int least) {
    return switch (least) {
      case 0 ->
          new Where("gender = 'f'", (p, in) -> p.gender() == null ? null : p.gender().equals("f"));
      case 1 -> new Where("not (age > 3)", (p, in) -> p.age() == null ? null : p.age() <= 3);
      case 2 -> new Where("age is null", (p, in) -> p.age() == null);
      case 3 ->
          new Where(
              "10 / (age - 3) > 4",
              (p, in) -> (p.age() == null || p.age() == 3) ? null : p.age() == 4 || p.age() == 5);
      case 4 -> new Where("true", (p, in) -> true);
      default -> new Where("age > " + least, (p, in) -> p.age() == null ? null : p.age() > least);
    };
  }

  private static Where ofSegments(String a, String b, int form) {
    String inA = "in_segment('" + a + "')";
    String inB = "IN_SEGMENT('" + b + "')";
    return switch (form) {
      case 0 -> new Where("not " + inA, (p, in) -> !in.contains(a));
      case 1 -> new Where(inA + " and not " + inB, (p, in) -> in.contains(a) && !in.contains(b));
      case 2 -> new Where(inA + " = " + inB, (p, in) -> in.contains(a) == in.contains(b));
      case 3 -> new Where(inA + " is null or " + inB, (p, in) -> in.contains(b));
      case 4 ->
          new Where(
              "case when " + inA + " then age > 2 else " + inB + " end",
              (p, in) ->
                  in.contains(a)
                      ? (p.age() == null ? null : p.age() > 2)
                      : (Boolean) in.contains(b));
      default ->
          new Where(
              inA + " or (age > 4 and " + inB + ")",
              (p, in) ->
                  in.contains(a)
                      ? Boolean.TRUE
                      : !in.contains(b)
                          ? Boolean.FALSE
                          : p.age() == null ? null : (Boolean) (p.age() > 4));
    };
  }

  private static String pick(Random random, List<String> ids) {
    return ids.get(random.nextInt(ids.size()));
  }

  private static List<String> some(Random random, List<String> ids) {
    return ids.stream().filter(id -> random.nextInt(3) == 0).toList();
  }

  private static List<Person> persons() {
    List<Person> persons = new ArrayList<>();
    for (Integer age : new Integer[] {null, 1, 2, 3, 4, 5, 6, 7}) {
      for (String gender : new String[] {null, "f", "m"}) {
        int id = persons.size();
        persons.add(new Person(id, age, gender));
      }
    }
    return persons;
  }

  private static Dataset<Row> rows(SparkSession spark) {
    List<Row> rows =
        PERSONS.stream()
            .map(person -> RowFactory.create(person.key(), person.age(), person.gender()))
            .toList();
    return spark.createDataFrame(
        rows,
        Field.schema(
            Persons.PERSON_KEY,
            Field.optional("age", DataTypes.IntegerType),
            Field.optional("gender", DataTypes.StringType)));
  }
}
