package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ClientId;
import com.segumento.model.ReleaseMemory;
import com.segumento.testkit.SparkExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Histories of many figures, played back in plain Java before and after. */
@ExtendWith(SparkExtension.class)
class MemoryFoldTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final LocalDate OLDEST = FIRST.plusDays(20);
  private static final int FIGURES = 200;
  private static final int RELEASES = 12;

  @TempDir static Path directory;
  private static Lake lake;
  private static String path;
  private static List<Row> before;
  private static List<Row> after;

  /** A figure of a cell. */
  private record Figure(String shape, String segment, String cell, String figure) {}

  /** Who stands behind it, with a share. */
  private record Element(int person, BigDecimal share) {}

  /**
   * A set that was published, the newest date up to then, and the one it was replaced on, or after;
   * null while it stands.
   */
  private record Published(LocalDate date, LocalDate until, Set<Element> set) {
    /** Whether anything is compared with it. */
    boolean counts() {
      return !set.isEmpty() && (until == null || !until.isBefore(OLDEST));
    }
  }

  @BeforeAll
  static void fold(SparkSession spark) {
    lake = Lake.open(spark, directory.resolve("lake").toUri().toString());
    path = lake.layout().releaseMemory(new ClientId("acme"));
    lake.tables().declare(path, ReleaseMemory.SCHEMA, List.of(ReleaseMemory.SHAPE.name()));
    Dataset<Row> memory = spark.createDataFrame(memory(), ReleaseMemory.SCHEMA).coalesce(1);
    lake.tables().append(path, memory, Commit.of(Map.of()));
    before = lake.tables().read(path).collectAsList();
    assertThat(new MemoryFold(lake, path).holds(OLDEST)).isTrue();
    new MemoryFold(lake, path).carryOut(OLDEST, Map.of("retention", "test"));
    after = lake.tables().read(path).collectAsList();
  }

  @Test
  void everySetThatIsRememberedStaysWhatItWasAndTheRestIsGone() {
    Map<Figure, NavigableMap<Long, Published>> was = published(before);
    Map<Figure, NavigableMap<Long, Published>> is = published(after);
    long forgotten = 0;
    for (Figure figure : was.keySet()) {
      NavigableMap<Long, Published> remembered = new TreeMap<>(was.get(figure));
      while (!remembered.isEmpty() && !remembered.firstEntry().getValue().counts()) {
        remembered.pollFirstEntry();
        forgotten++;
      }
      assertThat(is.getOrDefault(figure, new TreeMap<>())).as("%s", figure).isEqualTo(remembered);
    }
    assertThat(was.keySet()).containsAll(is.keySet());
    assertThat(forgotten).isGreaterThan(FIGURES);
    assertThat(after.size()).isLessThan(before.size());
  }

  @Test
  void whoLeftBeforeIsInNoRow() {
    Set<Integer> remembered = new HashSet<>();
    published(after)
        .values()
        .forEach(
            sets ->
                sets.values()
                    .forEach(
                        published -> published.set().forEach(e -> remembered.add(e.person()))));
    assertThat(after)
        .allSatisfy(row -> assertThat(remembered).contains(number(row.getAs("person_key"))));
  }

  @Test
  void readsTheMemoryOnceForPersonsAndOnceWithoutThemAndJoinsByFigure() {
    String plan =
        ((org.apache.spark.sql.classic.Dataset<Row>)
                MemoryFold.folded(lake.tables().read(path), OLDEST))
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan).doesNotContain("NestedLoopJoin").doesNotContain("CartesianProduct");
    List<String> scans = List.of(plan.split("ReadSchema: ", -1));
    assertThat(scans).hasSize(3);
    assertThat(scans.stream().skip(1).map(scan -> scan.lines().findFirst().orElseThrow()))
        .filteredOn(columns -> columns.contains("person_key"))
        .hasSize(1);
  }

  @Test
  void doneOnceThereIsNothingLeftToDo() {
    assertThat(new MemoryFold(lake, path).holds(OLDEST)).isFalse();
    assertThat(new MemoryFold(lake, path + "_of_nobody").holds(OLDEST)).isFalse();
    assertThat(MemoryFold.folded(lake.tables().read(path), OLDEST).collectAsList())
        .containsExactlyInAnyOrderElementsOf(after);
  }

  @Test
  void killedBeforeItsCommitItHasDoneNothingAndIsDoneAgain() throws IOException {
    Path folded = Path.of(URI.create(path.replaceFirst("^file:/+", "file:///")));
    Path killed = directory.resolve("lake/clients/killed/release_memory");
    try (Stream<Path> files = Files.walk(folded)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.contains("00000000000000000002.json")) { // the commit, and its checksum
          Files.createDirectories(killed.getParent());
          Files.copy(file, killed.resolve(folded.relativize(file).toString()));
        }
      }
    }
    String again = lake.layout().releaseMemory(new ClientId("killed"));
    assertThat(lake.tables().read(again).collectAsList())
        .containsExactlyInAnyOrderElementsOf(before);
    new MemoryFold(lake, again).carryOut(OLDEST, Map.of("retention", "test"));
    assertThat(lake.tables().read(again).collectAsList())
        .containsExactlyInAnyOrderElementsOf(after);
  }

  /** Sets by release; of a release that did nothing to a figure there is none. */
  private static Map<Figure, NavigableMap<Long, Published>> published(List<Row> memory) {
    Map<Figure, NavigableMap<Long, List<Row>>> rows = new HashMap<>();
    for (Row row : memory) {
      Figure figure =
          new Figure(row.getString(0), row.getString(1), row.getString(2), row.getString(3));
      rows.computeIfAbsent(figure, none -> new TreeMap<>())
          .computeIfAbsent(row.getAs("release"), none -> new ArrayList<>())
          .add(row);
    }
    Map<Figure, NavigableMap<Long, Published>> published = new HashMap<>();
    rows.forEach(
        (figure, releases) -> {
          Set<Element> set = new HashSet<>();
          NavigableMap<Long, Published> sets = new TreeMap<>();
          NavigableMap<Long, LocalDate> dates = new TreeMap<>();
          releases.forEach((release, changes) -> dates.put(release, newest(changes, dates)));
          releases.forEach(
              (release, changes) -> {
                for (Row change : changes) {
                  Element element =
                      new Element(number(change.getAs("person_key")), change.getAs("share"));
                  boolean came = change.<Integer>getAs("change") == 1;
                  assertThat(came ? set.add(element) : set.remove(element)).isTrue();
                }
                Map.Entry<Long, LocalDate> next = dates.higherEntry(release);
                sets.put(
                    release,
                    new Published(
                        dates.get(release),
                        next == null ? null : next.getValue(),
                        Set.copyOf(set)));
              });
          published.put(figure, sets);
        });
    return published;
  }

  private static LocalDate newest(List<Row> changes, NavigableMap<Long, LocalDate> datesBefore) {
    LocalDate date = date(changes.get(0));
    return datesBefore.isEmpty() || date.isAfter(datesBefore.lastEntry().getValue())
        ? date
        : datesBefore.lastEntry().getValue();
  }

  private static LocalDate date(Row row) {
    return row.<Date>getAs("business_date").toLocalDate();
  }

  /** Figures whose persons come and go; now and then of an earlier date, as in a backfill. */
  private static List<Row> memory() {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    for (int figure = 0; figure < FIGURES; figure++) {
      Set<Element> there = new HashSet<>();
      int pace = 1 + random.nextInt(4);
      for (long release = 1; release <= RELEASES; release++) {
        boolean backfill = random.nextInt(6) == 0;
        LocalDate date = FIRST.plusDays(backfill ? random.nextInt(20) : pace * release);
        if (random.nextInt(3) > 0) {
          change(rows, figure, release, date, there, random);
        }
      }
    }
    return rows;
  }

  private static void change(
      List<Row> rows, int figure, long release, LocalDate date, Set<Element> there, Random random) {
    boolean closes = random.nextInt(8) == 0;
    for (int person = 0; person < 8; person++) {
      BigDecimal share = new BigDecimal(figure % 2 == 0 ? 0 : random.nextInt(2)).setScale(6);
      Element element = new Element(1000 * figure + person, share);
      boolean is = there.contains(element);
      if (is ? closes || random.nextInt(4) == 0 : !closes && random.nextInt(3) == 0) {
        rows.add(
            RowFactory.create(
                "shape" + figure % 3,
                "s" + figure % 5,
                "{\"cell\":\"" + figure / 2 + "\"}",
                figure % 2 == 0 ? ReleaseMemory.PERSONS : "sum of x in [0.0, 1.0]",
                key(element.person()),
                share,
                is ? -1 : 1,
                release,
                Date.valueOf(date)));
        if (is) {
          there.remove(element);
        } else {
          there.add(element);
        }
      }
    }
  }

  private static byte[] key(int person) {
    return ByteBuffer.allocate(32).putInt(person).array();
  }

  private static int number(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }
}
