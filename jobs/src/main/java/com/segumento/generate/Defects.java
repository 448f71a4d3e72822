package com.segumento.generate;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.unix_timestamp;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.Client.PlaceKey;
import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.ColumnContract;
import com.segumento.config.DatasetContract.Token.Scheme;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** The ways in which rows of a dataset break its contract, each as common as the others. */
final class Defects {
  private static final int FUTURE_SECONDS = 400 * 86_400;

  /** What becomes of the value of a column. */
  private record Defect(String column, UnaryOperator<Column> broken) {}

  private final double rate;
  private final Draw whether;
  private final Draw which;
  private final List<Defect> defects = new ArrayList<>();

  Defects(GeneratorSettings settings, DatasetContract contract) {
    double bearable = contract.expectations().maxQuarantined() / 4;
    rate = settings.brokenRate().orElse(Math.min(GeneratorSettings.DEFAULT_BROKEN_RATE, bearable));
    whether = Draw.of(settings.seed(), contract.name(), "broken");
    which = Draw.of(settings.seed(), contract.name(), "defect");
    token(contract.token());
    if (contract.eventTime() != null) {
      add(
          contract.eventTime(),
          time -> timestamp_seconds(unix_timestamp(time).plus(FUTURE_SECONDS)));
    }
    contract.columns().forEach(this::column);
    rawIdentifiers(contract);
  }

  /** The number of the defect of a row with these keys; -1 for a sound row. */
  Column index(Column... keys) {
    return when(whether.uniform(keys).lt(rate), which.below(defects.size(), keys).cast("int"))
        .otherwise(-1);
  }

  /** The value of a column, broken in the rows whose defect is in this column. */
  Column apply(String column, Column value) {
    Column result = null;
    for (int i = 0; i < defects.size(); i++) {
      if (defects.get(i).column().equals(column)) {
        Column has = Work.DEFECT.col().equalTo(i);
        Column broken = defects.get(i).broken().apply(value);
        result = result == null ? when(has, broken) : result.when(has, broken);
      }
    }
    return result == null ? value : result.otherwise(value);
  }

  private void add(String column, UnaryOperator<Column> broken) {
    defects.add(new Defect(column, broken));
  }

  private void token(DatasetContract.Token token) {
    add(token.column(), value -> lit(null).cast("string"));
    if (token.scheme() == Scheme.OPAQUE) {
      add(token.column(), value -> substring(value, 1, 15));
      add(token.column(), value -> concat(value, lit("!")));
    } else {
      add(token.column(), value -> substring(value, lit(1), length(value).minus(1)));
      add(token.column(), value -> upper(value));
    }
  }

  private void column(String name, ColumnContract column) {
    DataType type = column.dataType();
    if (type instanceof NumericType) {
      outside(column, type).ifPresent(value -> add(name, sound -> lit(value).cast(type)));
    }
    if (column.place() == PlaceKey.POSTAL_CODE && type instanceof StringType) {
      add(name, sound -> lit("000000"));
    }
  }

  /** A number just outside the column's range that its type can hold. */
  private static Optional<BigDecimal> outside(ColumnContract column, DataType type) {
    BigDecimal below =
        column.min() == null ? null : BigDecimal.valueOf(column.min()).subtract(BigDecimal.ONE);
    BigDecimal above =
        column.max() == null ? null : BigDecimal.valueOf(column.max()).add(BigDecimal.ONE);
    if (above != null && fits(above, type)) {
      return Optional.of(above);
    }
    return below != null && fits(below, type) ? Optional.of(below) : Optional.empty();
  }

  private static boolean fits(BigDecimal value, DataType type) {
    return switch (type.typeName().replaceAll("\\(.*", "")) {
      case "tinyint", "byte" -> value.abs().intValue() <= Byte.MAX_VALUE;
      case "smallint", "short" -> value.abs().intValue() <= Short.MAX_VALUE;
      case "int", "integer" -> value.abs().longValue() <= Integer.MAX_VALUE;
      case "decimal" -> {
        DecimalType decimal = (DecimalType) type;
        yield value.precision() - value.scale() <= decimal.precision() - decimal.scale();
      }
      default -> true;
    };
  }

  /** Each kind in the next text column that is no place. */
  private void rawIdentifiers(DatasetContract contract) {
    List<String> texts =
        contract.columns().entrySet().stream()
            .filter(column -> column.getValue().dataType() instanceof StringType)
            .filter(column -> column.getValue().place() == null)
            .map(column -> column.getKey())
            .toList();
    List<List<String>> kinds = RawValues.byKind();
    for (int i = 0; !texts.isEmpty() && i < kinds.size(); i++) {
      Column values = lit(kinds.get(i).toArray(String[]::new));
      Column pick = which.below(kinds.get(i).size(), Work.PERSON.col()).cast("int");
      add(texts.get(i % texts.size()), sound -> values.getItem(pick));
    }
  }
}
