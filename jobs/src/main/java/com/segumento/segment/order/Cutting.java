package com.segumento.segment.order;

import com.segumento.model.ConfigException;
import com.segumento.udf.CutsBelow;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** What is asked of an order of persons. */
public sealed interface Cutting {
  PersonOrder order();

  /** How many persons stand before each cut, in ascending order, where {@code persons} stand. */
  List<Long> before(long persons);

  /** The answer for a person, by how many cuts lie below it; null for who has no value. */
  Column answer(Column cutsBelow);

  /** The answer where {@code cuts} are the keys of the last person before each cut. */
  default Column answer(List<byte[]> cuts) {
    return answer(functions.udf(new CutsBelow(cuts), DataTypes.IntegerType).apply(order().key()));
  }

  /**
   * The number, from 1 for the lowest, of the group a person is in where persons are cut into
   * {@code bins} groups whose sizes differ by at most one. The lower groups are the larger ones;
   * where there are fewer persons than groups, the upper groups are empty.
   */
  record Tile(PersonOrder order, int bins) implements Cutting {
    public Tile {
      if (bins < 1) {
        throw ConfigException.invalid("bins", bins, "a number of at least 1");
      }
    }

    @Override
    public List<Long> before(long persons) {
      return LongStream.range(1, bins)
          .map(group -> group * (persons / bins) + Math.min(group, persons % bins))
          .boxed()
          .toList();
    }

    @Override
    public Column answer(Column cutsBelow) {
      return cutsBelow.plus(1);
    }
  }

  /** Whether a person is among the highest of those who have a value. */
  record Top(PersonOrder order, Part part) implements Cutting {
    @Override
    public List<Long> before(long persons) {
      return List.of(persons - part.of(persons));
    }

    @Override
    public Column answer(Column cutsBelow) {
      return cutsBelow.equalTo(1);
    }
  }

  /** Whether a person is among the lowest of those who have a value. */
  record Bottom(PersonOrder order, Part part) implements Cutting {
    @Override
    public List<Long> before(long persons) {
      return List.of(part.of(persons));
    }

    @Override
    public Column answer(Column cutsBelow) {
      return cutsBelow.equalTo(0);
    }
  }
}
