package com.segumento.lake;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.model.Field;
import com.segumento.model.Sha256;
import com.segumento.udf.NeedleFilter;
import com.segumento.udf.NeedleSearch;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Looks for persons in objects and their names, byte by byte: each object is read once as it is
 * stored, and once more where it is compressed or Parquet; what a filter of fixed size takes for
 * the beginning of a {@linkplain Needles needle} is joined with the needles. So it finds every
 * needle and nothing else, and neither the driver nor an executor holds all needles. What comes
 * back grows with the number of objects.
 */
public final class ProofScan {
  /** Null where the row is about an object; what may be a needle otherwise. */
  private static final Field STRETCH = Field.optional("stretch", DataTypes.BinaryType);

  private static final Field FOLDED = Field.optional(Needles.FOLDED.name(), DataTypes.BooleanType);
  private static final Field URI = Field.required("uri", DataTypes.StringType);
  private static final Field SHA256 = Field.optional("sha256", DataTypes.StringType);
  private static final Field PROBLEM = Field.optional("problem", DataTypes.StringType);
  private static final StructType SEEN = Field.schema(URI, SHA256, PROBLEM, FOLDED, STRETCH);
  private static final Field WINDOW = Field.optional("window", DataTypes.BinaryType);
  private static final Field HITS = Field.required("hits", DataTypes.LongType);

  /** An object with more of them than this holds needles, or is not what anybody would store. */
  private static final int MOST_CANDIDATES = 200_000;

  /** Tasks of more bytes than this hold one object only. */
  private static final long BYTES_OF_A_TASK = 64L << 20;

  private final SparkSession spark;

  public ProofScan(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * What was seen of an object.
   *
   * @param sha256 of its bytes as stored, lower-case hexadecimal
   * @param problem why not all of what it says could be seen; empty where it could
   * @param hits how many needles were found in it, of which persons is not said
   */
  public record Looked(String uri, long bytes, String sha256, String problem, long hits) {
    /** Whether all of it was seen and nothing was found. */
    public boolean clean() {
      return problem.isEmpty() && hits == 0;
    }
  }

  /**
   * Looks through objects.
   *
   * @param needles rows of {@link Needles#SCHEMA}, read more than once
   * @return one for each object that was still there, in the order of {@code objects}
   */
  public List<Looked> look(List<StoredObject> objects, Dataset<Row> needles) {
    if (objects.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Filters> filters = context.broadcast(filters(needles));
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    List<List<String>> tasks = tasks(objects);
    JavaRDD<Row> seen =
        context
            .parallelize(tasks, tasks.size())
            .flatMap(uris -> new Pass(hadoop.value().value(), filters.value()).over(uris));
    seen.persist(StorageLevel.DISK_ONLY()); // the objects are not to be read twice
    try {
      return looked(objects, spark.createDataFrame(seen, SEEN), needles);
    } finally {
      seen.unpersist(false);
      filters.destroy();
      hadoop.destroy();
    }
  }

  private static List<Looked> looked(
      List<StoredObject> objects, Dataset<Row> seen, Dataset<Row> needles) {
    Map<String, Long> hits = new HashMap<>();
    hits(seen, needles)
        .collectAsList()
        .forEach(row -> hits.put(row.getAs(URI.name()), row.getAs(HITS.name())));
    Map<String, Row> found = new HashMap<>();
    seen.filter(STRETCH.col().isNull())
        .select(URI.col(), SHA256.col(), PROBLEM.col())
        .collectAsList()
        .forEach(row -> found.put(row.getAs(URI.name()), row));
    List<Looked> looked = new ArrayList<>();
    for (StoredObject object : objects) {
      Row row = found.get(object.uri());
      if (row != null) {
        looked.add(
            new Looked(
                object.uri(),
                object.bytes(),
                row.getAs(SHA256.name()),
                row.getAs(PROBLEM.name()),
                hits.getOrDefault(object.uri(), 0L)));
      }
    }
    return List.copyOf(looked);
  }

  // n:m, a window may begin several needles; what is found in full is counted.
  private static Dataset<Row> hits(Dataset<Row> seen, Dataset<Row> needles) {
    Dataset<Row> candidates =
        seen.filter(STRETCH.col().isNotNull())
            .select(
                URI.col(),
                FOLDED.col(),
                STRETCH.col(),
                WINDOW.as(begin(STRETCH, lit(NeedleFilter.WINDOW))));
    Dataset<Row> wanted =
        needles.withColumn(WINDOW.name(), begin(Needles.NEEDLE, lit(NeedleFilter.WINDOW)));
    Column needle = begin(Needles.NEEDLE, lit(NeedleSearch.LONGEST));
    return candidates
        .join(wanted, new String[] {FOLDED.name(), WINDOW.name()})
        .filter(begin(STRETCH, length(needle)).equalTo(needle))
        .groupBy(URI.col())
        .agg(HITS.as(count(lit(1))));
  }

  private static Column begin(Field bytes, Column length) {
    return substring(bytes.col(), lit(1), length);
  }

  /** Of needles that are looked for as they are, and of those in either case. */
  private record Filters(NeedleFilter exact, NeedleFilter folded) implements Serializable {
    Filters or(Filters other) {
      return new Filters(exact.or(other.exact), folded.or(other.folded));
    }

    static Filters of(Iterator<Row> needles, long[] sizes) {
      Filters filters =
          new Filters(NeedleFilter.sizedFor(sizes[0]), NeedleFilter.sizedFor(sizes[1]));
      needles.forEachRemaining(
          row ->
              (kind(row) == 0 ? filters.exact : filters.folded)
                  .add(row.getAs(Needles.NEEDLE.name())));
      return filters;
    }
  }

  private static Filters filters(Dataset<Row> needles) {
    long[] sizes = new long[2];
    needles
        .groupBy(FOLDED.col())
        .agg(HITS.as(count(lit(1))))
        .collectAsList()
        .forEach(row -> sizes[kind(row)] = row.<Long>getAs(HITS.name()));
    return needles
        .javaRDD()
        .mapPartitions(rows -> Stream.of(Filters.of(rows, sizes)).iterator())
        .treeReduce(Filters::or);
  }

  private static int kind(Row row) {
    return row.<Boolean>getAs(FOLDED.name()) ? 1 : 0;
  }

  // The largest first, so that the last tasks to run are small ones.
  private static List<List<String>> tasks(List<StoredObject> objects) {
    List<List<String>> tasks = new ArrayList<>();
    long bytes = Long.MAX_VALUE;
    for (StoredObject object :
        objects.stream()
            .sorted(
                Comparator.comparingLong(StoredObject::bytes)
                    .reversed()
                    .thenComparing(StoredObject::uri))
            .toList()) {
      // Opening an object costs about what reading half a megabyte costs.
      long cost = object.bytes() + (1 << 19);
      if (bytes > BYTES_OF_A_TASK - cost) {
        tasks.add(new ArrayList<>());
        bytes = 0;
      }
      tasks.get(tasks.size() - 1).add(object.uri());
      bytes += cost;
    }
    return tasks;
  }

  /** One executor's pass over some objects. */
  private static final class Pass {
    private final Configuration hadoop;
    private final Filters filters;

    Pass(Configuration hadoop, Filters filters) {
      this.hadoop = hadoop;
      this.filters = filters;
    }

    Iterator<Row> over(List<String> uris) throws IOException {
      List<Row> seen = new ArrayList<>();
      for (String uri : uris) {
        look(uri, seen);
      }
      return seen.iterator();
    }

    private void look(String uri, List<Row> seen) throws IOException {
      Set<ByteBuffer> exact = new HashSet<>();
      Set<ByteBuffer> folded = new HashSet<>();
      Supplier<NeedleSearch> searches =
          () ->
              new NeedleSearch(
                  filters.exact(),
                  filters.folded(),
                  (lower, stretch) -> {
                    if (exact.size() + folded.size() < MOST_CANDIDATES) {
                      (lower ? folded : exact).add(ByteBuffer.wrap(stretch));
                    }
                  });
      MessageDigest digest = Sha256.digest();
      String problem;
      byte[] name = new Path(uri).toString().getBytes(StandardCharsets.UTF_8); // a client chose it
      NeedleSearch search = searches.get();
      search.next(name, 0, name.length);
      search.end();
      try {
        problem = look(new Path(uri), searches, digest);
      } catch (FileNotFoundException e) {
        return; // deleted since it was listed
      }
      if (exact.size() + folded.size() == MOST_CANDIDATES && problem.isEmpty()) {
        problem = "looks like nothing but persons";
      }
      exact.forEach(each -> seen.add(candidate(uri, false, bytes(each))));
      folded.forEach(each -> seen.add(candidate(uri, true, bytes(each))));
      String sha256 = HexFormat.of().formatHex(digest.digest());
      seen.add(RowFactory.create(uri, sha256, problem, null, null));
    }

    private String look(Path path, Supplier<NeedleSearch> searches, MessageDigest digest)
        throws IOException {
      FileSystem files = raw(path.getFileSystem(hadoop));
      ObjectContents contents = new ObjectContents(searches);
      byte[] beginning;
      try (InputStream in =
          new BufferedInputStream(new DigestInputStream(files.open(path), digest))) {
        in.mark(ObjectContents.BEGINNING);
        beginning = in.readNBytes(ObjectContents.BEGINNING);
        in.reset();
        contents.pass(in);
      }
      if (ParquetContents.is(beginning)) {
        return new ParquetContents(searches.get()).show(hadoop, path).orElse("");
      }
      if (!ObjectContents.isPacked(beginning)) {
        return ObjectContents.isNamedPacked(path.getName()) ? ObjectContents.CLOSED : "";
      }
      try (InputStream in = files.open(path)) {
        return contents.show(in).orElse("");
      }
    }

    private static byte[] bytes(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }

    private static Row candidate(String uri, boolean lower, byte[] stretch) {
      return RowFactory.create(uri, null, null, lower, stretch);
    }
  }

  /** A local file is read as it is: checksums beside it are objects of their own. */
  static FileSystem raw(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
