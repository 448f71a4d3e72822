package com.segumento.segment;

import static com.segumento.segment.SegmentFixtures.segment;
import static com.segumento.segment.SegmentFixtures.trait;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Segments;
import com.segumento.lake.MembershipView;
import com.segumento.lake.Workspace;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import com.segumento.ops.StageReport;
import com.segumento.segment.NaiveSegments.Event;
import com.segumento.segment.NaiveSegments.Person;
import com.segumento.testkit.GeneratedCode;
import com.segumento.testkit.SparkExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A thousand segments over three hundred traits. */
@GeneratedCode
@ExtendWith(SparkExtension.class)
class ManyDefinitionsTest {
  private static final LocalDate DATE = LocalDate.of(2024, 2, 29);
  private static final int SEGMENTS = 1000;
  private static final int TRAITS = 300;

  @TempDir Path directory;

  // Person n has an order of n, n+50, n+100 … up to 299; trait i counts orders of at least i;
  // segment j wants more than j/300 of them.
  @Test
  void areAllComputed(SparkSession spark) {
    List<Person> persons = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    Set<String> expected = new TreeSet<>();
    for (int id : new int[] {0, 1, 26, 49}) {
      persons.add(new Person(id, 30, "metro"));
      List<Integer> amounts = new ArrayList<>();
      for (int amount = id; amount < TRAITS; amount += 50) {
        amounts.add(amount);
        events.add(order(id, amount));
      }
      for (int j = 0; j < SEGMENTS; j++) {
        int least = j % TRAITS;
        if (amounts.stream().filter(amount -> amount >= least).count() > j / TRAITS) {
          expected.add("s" + j + " " + id);
        }
      }
    }
    var workspace =
        SegmentFixtures.workspace(spark, directory.toUri().toString(), definitions(), DATE, 2);
    new SegmentHistory(persons, events).write(workspace, DATE);
    StageReport report = new SegmentStage().run(workspace);
    assertThat(report.counts()).containsEntry("segments", 1000L).containsEntry("traits", 300L);
    assertThat(found(workspace, report)).isEqualTo(expected);
  }

  private static Set<String> found(Workspace workspace, StageReport report) {
    Set<String> found = new TreeSet<>();
    long version = report.versions().get("out:memberships");
    for (Row row : MembershipView.of(workspace, version).collectAsList()) {
      String id = row.getAs(Memberships.SEGMENT_ID.name());
      byte[] key = row.getAs(Persons.PERSON_KEY.name());
      assertThat(row.<String>getAs(Memberships.DEFINITION_HASH.name()))
          .isEqualTo(report.hashes().get(id));
      assertThat(found.add(id + " " + key[1])).isTrue();
    }
    return found;
  }

  private static Segments definitions() {
    Map<String, Segments.Trait> traits = new LinkedHashMap<>();
    for (int i = 0; i < TRAITS; i++) {
      traits.put("t" + i, trait("amount >= " + i, "90d", "count"));
    }
    Segments.Segment[] segments = new Segments.Segment[SEGMENTS];
    for (int j = 0; j < SEGMENTS; j++) {
      segments[j] = segment("s" + j, "t" + j % TRAITS + " > " + j / TRAITS);
    }
    return SegmentFixtures.segments(traits, segments);
  }

  private static Event order(int person, int amount) {
    return new Event(
        person,
        DATE.atStartOfDay(ZoneOffset.UTC).toInstant(),
        "purchase",
        BigDecimal.valueOf(amount).setScale(2));
  }
}
