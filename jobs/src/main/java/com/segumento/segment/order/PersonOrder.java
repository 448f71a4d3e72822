package com.segumento.segment.order;

import com.segumento.model.Persons;
import com.segumento.udf.OrderKey;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/**
 * The persons who have a value, from the lowest up. Those of the same value are in the order of a
 * hash of the person's key and of the order's name: the same every night and on any cluster, and
 * another in every order, so that nobody is always the first of equals. (Two persons of one value
 * whose 64-bit hashes are equal stand at one place; among a hundred million of one value the odds
 * of any such pair are 1 in 3,000.)
 *
 * @param name keeps the hashes of orders apart
 * @param value over the columns of a person; null and NaN have no place in the order
 * @param type of the value, a number
 */
public record PersonOrder(String name, Column value, DataType type) {

  /** The order by {@code value}, whose type is that among the columns of {@code persons}. */
  public static PersonOrder of(String name, Column value, Dataset<Row> persons) {
    return new PersonOrder(name, value, persons.select(value).schema().fields()[0].dataType());
  }

  /** The place of a person: keys compare as bytes. */
  Column key() {
    Column tie = functions.xxhash64(Persons.PERSON_KEY.col(), functions.lit(name));
    return functions.udf(new OrderKey(type), OrderedKeys.KEY.type()).apply(value, tie);
  }
}
