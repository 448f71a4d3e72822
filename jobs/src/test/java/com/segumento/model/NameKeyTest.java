package com.segumento.model;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.testkit.SparkExtension;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class NameKeyTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "Côte d'Ivoire, cotedivoire",
    "ÅLAND Islands, alandislands",
    "Jammu & Kashmir, jammuandkashmir",
    "JAMMU AND KASHMIR, jammuandkashmir",
    "Leh(Ladakh), lehladakh",
    "North  24 Parganas, north24parganas",
    "भारत, ''"
  })
  void keepsLettersAndDigitsOnly(String name, String key) {
    assertThat(NameKey.of(name)).isEqualTo(key);
  }

  @Test
  void columnsGetTheSameKeysAsStrings(SparkSession spark) {
    List<String> names =
        List.of("Côte d'Ivoire", "ÅLAND", "São Tomé & Príncipe", "Türkiye", "U.S.A.", "भारत", "");
    List<String> keys =
        spark
            .createDataset(names, Encoders.STRING())
            .select(NameKey.of(col("value")))
            .as(Encoders.STRING())
            .collectAsList();
    assertThat(keys).containsExactlyElementsOf(names.stream().map(NameKey::of).toList());
  }
}
