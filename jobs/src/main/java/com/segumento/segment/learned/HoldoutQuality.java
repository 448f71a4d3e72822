package com.segumento.segment.learned;

import com.segumento.model.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How well a score tells members of a seed from others, over rows of {@link #MEMBER}, {@link
 * #WEIGHT} and {@link #SCORE} in one partition.
 *
 * <p>{@link #AUC} is the odds that a member's score is above another person's, half of the equal
 * ones counted; {@link #LIFT} how much more often members are among the tenth of the highest score
 * than among all. A row stands for {@link #WEIGHT} persons.
 */
final class HoldoutQuality implements MapPartitionsFunction<Row, Row> {
  static final Field MEMBER = Field.required("member", DataTypes.BooleanType);
  static final Field WEIGHT = Field.required("weight", DataTypes.DoubleType);
  static final Field SCORE = Field.required("score", DataTypes.DoubleType);
  static final Field MEMBERS = Field.required("members", DataTypes.LongType);
  static final Field OTHERS = Field.required("others", DataTypes.LongType);
  static final Field AUC = Field.required("auc", DataTypes.DoubleType);
  static final Field LIFT = Field.required("lift", DataTypes.DoubleType);
  static final StructType SCHEMA = Field.schema(MEMBERS, OTHERS, AUC, LIFT);

  private static final long serialVersionUID = 1L;
  private static final double TOP = 0.1;

  private record Scored(boolean member, double weight, double score) {}

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Scored> scored = new ArrayList<>();
    rows.forEachRemaining(
        row -> scored.add(new Scored(row.getBoolean(0), row.getDouble(1), row.getDouble(2))));
    scored.sort(Comparator.comparingDouble(Scored::score).reversed());
    long members = scored.stream().filter(Scored::member).count();
    return List.of(RowFactory.create(members, scored.size() - members, auc(scored), lift(scored)))
        .iterator();
  }

  private static double auc(List<Scored> descending) {
    double above = 0; // weight of members of a higher score
    double members = 0;
    double others = 0;
    double won = 0;
    for (int from = 0; from < descending.size(); ) {
      double equalMembers = 0;
      double equalOthers = 0;
      int until = from;
      while (until < descending.size()
          && descending.get(until).score() == descending.get(from).score()) {
        Scored one = descending.get(until++);
        equalMembers += one.member() ? one.weight() : 0;
        equalOthers += one.member() ? 0 : one.weight();
      }
      won += equalOthers * (above + equalMembers / 2);
      above += equalMembers;
      members += equalMembers;
      others += equalOthers;
      from = until;
    }
    return members * others == 0 ? 0 : won / (members * others);
  }

  private static double lift(List<Scored> descending) {
    double all = descending.stream().mapToDouble(Scored::weight).sum();
    double members = descending.stream().filter(Scored::member).mapToDouble(Scored::weight).sum();
    double left = TOP * all;
    double found = 0;
    for (Scored one : descending) {
      double taken = Math.min(left, one.weight());
      found += one.member() ? taken : 0;
      left -= taken;
    }
    return members == 0 ? 0 : found / members / TOP;
  }
}
