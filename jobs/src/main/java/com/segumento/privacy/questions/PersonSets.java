package com.segumento.privacy.questions;

import com.segumento.model.Field;
import com.segumento.model.Memberships;
import com.segumento.model.Persons;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The sets of persons of segments, in one aggregation; what comes to the driver grows with segments
 * and k, not with persons.
 */
public final class PersonSets {
  private static final int LEAST_PARTS = 4096;

  /** Parts a set has for each person of k: of k persons few share a part. */
  private static final int PARTS_PER_K = 64;

  private static final int PART_SEED = 11;
  private static final int PRINT_SEED = 12;

  private static final Field PART = Field.required("part", DataTypes.LongType);
  private static final Field PERSONS = Field.required("persons", DataTypes.LongType);
  private static final Field PRINT = Field.required("print", DataTypes.LongType);
  private static final Field PRINTS = Field.required("prints", DataTypes.NullType);

  private PersonSets() {}

  /** Parts of a set where sets that differ by fewer than {@code k} persons are told apart. */
  static int parts(int k) {
    int wanted = Math.max(LEAST_PARTS, Math.multiplyExact(k, PARTS_PER_K));
    return Integer.highestOneBit(wanted - 1) << 1;
  }

  /**
   * The sets by segment; a segment without members is not in it.
   *
   * @param memberships one row per segment and member
   */
  public static Map<String, PersonSet> of(Dataset<Row> memberships, int k) {
    int parts = parts(k);
    Map<String, Long> sizes = new LinkedHashMap<>();
    Map<String, long[]> prints = new LinkedHashMap<>();
    memberships
        .groupBy(Memberships.SEGMENT_ID.col(), PART.as(part(parts)))
        .agg(
            PERSONS.as(functions.count(functions.lit(1))),
            PRINT.as(functions.bit_xor(hash(PRINT_SEED))))
        .collectAsList()
        .forEach(
            row -> {
              String segment = row.getAs(Memberships.SEGMENT_ID.name());
              int part = Math.toIntExact(row.getAs(PART.name()));
              sizes.merge(segment, row.getAs(PERSONS.name()), Long::sum);
              prints.computeIfAbsent(segment, any -> new long[parts])[part] =
                  row.getAs(PRINT.name());
            });
    Map<String, PersonSet> sets = new LinkedHashMap<>();
    sizes.forEach((segment, size) -> sets.put(segment, new PersonSet(size, prints.get(segment))));
    return sets;
  }

  /**
   * The same, of those segments only that may differ by fewer than {@code within} persons from one
   * of {@code sets}.
   */
  public static Map<String, PersonSet> near(
      Dataset<Row> memberships, Collection<PersonSet> sets, int k, int within) {
    Object[] near =
        memberships
            .groupBy(Memberships.SEGMENT_ID.col())
            .agg(PERSONS.as(functions.count(functions.lit(1))))
            .collectAsList() // one row a segment
            .stream()
            .filter(
                row -> {
                  long size = row.getAs(PERSONS.name());
                  return sets.stream().anyMatch(set -> Math.abs(set.size() - size) < within);
                })
            .map(row -> row.<String>getAs(Memberships.SEGMENT_ID.name()))
            .sorted()
            .toArray();
    return near.length == 0
        ? Map.of()
        : new TreeMap<>(of(memberships.filter(Memberships.SEGMENT_ID.col().isin(near)), k));
  }

  /**
   * The sets one after the other, so that many of them need no more of the driver than one.
   *
   * @param names columns that name a set
   * @param rows one row per set and member
   */
  static Iterator<Row> oneByOne(Dataset<Row> rows, int k, Column... names) {
    Column[] parts =
        Stream.concat(Stream.of(names), Stream.of(PART.as(part(parts(k))))).toArray(Column[]::new);
    return rows.groupBy(parts)
        .agg(
            PERSONS.as(functions.count(functions.lit(1))),
            PRINT.as(functions.bit_xor(hash(PRINT_SEED))))
        .groupBy(names)
        .agg(
            PERSONS.as(functions.sum(PERSONS.col())),
            PRINTS.as(functions.collect_list(functions.struct(PART.col(), PRINT.col()))))
        .toLocalIterator();
  }

  /** The set of a row of {@link #oneByOne}. */
  static PersonSet set(Row row, int k) {
    long[] prints = new long[parts(k)];
    for (Row part : row.<Row>getList(row.fieldIndex(PRINTS.name()))) {
      prints[Math.toIntExact(part.getLong(0))] = part.getLong(1);
    }
    return new PersonSet(row.<Long>getAs(PERSONS.name()), prints);
  }

  /** Nobody, in as many parts as the sets of {@link #of}. */
  public static PersonSet empty(int k) {
    return PersonSet.empty(parts(k));
  }

  /** The part a person falls into, of so many. */
  static Column part(int parts) {
    return hash(PART_SEED).bitwiseAND(functions.lit(parts - 1L));
  }

  private static Column hash(int seed) {
    return functions.xxhash64(functions.lit(seed), Persons.PERSON_KEY.col());
  }
}
