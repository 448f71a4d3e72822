package com.segumento.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.model.ClientId;
import com.segumento.model.SegmentCodes;
import com.segumento.testkit.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class SegmentCodebookTest {
  private static final ClientId ACME = new ClientId("acme");
  private static final Map<String, String> NOTE = Map.of("stage", "segment");
  private static final int NIGHTS = 3;

  @TempDir Path directory;

  @Test
  void aDefinitionKeepsItsCodeAndANewOneHasItsOwn(SparkSession spark) {
    SegmentCodebook codebook = codebook(spark);
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("b", "1");
    hashes.put("a", "1");
    assertThat(codebook.codes(hashes, NOTE)).containsExactly(1, 2);
    hashes.put("b", "2");
    hashes.put("c", "1");
    assertThat(codebook.codes(hashes, NOTE)).containsExactly(3, 2, 4);
    hashes.put("b", "1");
    assertThat(codebook(spark).codes(hashes, NOTE)).containsExactly(1, 2, 4);
    assertThat(codebook.codes(Map.of(), NOTE)).isEmpty();
  }

  @Test
  void nightsThatAreComputedAtOnceShareCodesAndNeverMixThem(SparkSession spark) throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService nights = Executors.newFixedThreadPool(2);
    List<Future<?>> done = new ArrayList<>();
    for (String night : List.of("first", "second")) {
      done.add(
          nights.submit(
              () -> {
                SparkSession own = Sessions.another(spark);
                for (int i = 0; i < NIGHTS; i++) {
                  String hash = Integer.toString(i);
                  together.await(1, TimeUnit.MINUTES);
                  assertThat(codebook(own).codes(Map.of("both", hash, night, hash), NOTE))
                      .hasSize(2);
                }
                return null;
              }));
    }
    for (Future<?> night : done) {
      night.get();
    }
    nights.shutdown();
    List<Row> rows = lake(spark).tables().read(path(spark)).collectAsList();
    assertThat(rows).extracting(row -> row.getInt(0)).doesNotHaveDuplicates();
    assertThat(rows)
        .hasSize(3 * NIGHTS)
        .extracting(row -> row.getString(1) + row.getString(2))
        .doesNotHaveDuplicates();
  }

  private SegmentCodebook codebook(SparkSession spark) {
    return SegmentCodebook.open(spark, lake(spark), ACME);
  }

  private Lake lake(SparkSession spark) {
    return Lake.open(spark, directory.toUri().toString());
  }

  private String path(SparkSession spark) {
    return lake(spark).layout().table(ACME, SegmentCodes.NAME);
  }
}
