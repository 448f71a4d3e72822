package com.segumento.contract;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.DatasetContract;
import com.segumento.config.DatasetContract.Token.Scheme;
import com.segumento.contract.ContractColumn.Part;
import com.segumento.model.Events;
import com.segumento.model.Quarantine;
import com.segumento.udf.RawIdentifiers;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** The rules of a contract over one {@link Delivered} row, and what is kept of a row that fails. */
final class RowRules {
  /** Longest text of a column that says no {@code max_length}, in characters. */
  static final int DEFAULT_MAX_LENGTH = 4096;

  private static final String NO_HASH =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855|"
          + "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
          + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

  /** Hashes of nothing, and one character over and over. */
  private static final String SENTINEL = "^(?:" + NO_HASH + "|([0-9A-Za-z])(?:\\1|-)*)\\z";

  /** Numbers below have too few digits to identify anyone. */
  private static final long SMALL_NUMBER = 1_000_000_000L;

  private final List<ContractColumn> columns;
  private final ContractColumn token;
  private final String form;
  private final int maxAgeDays;

  RowRules(DatasetContract dataset, List<ContractColumn> columns, int maxAgeDays) {
    this.columns = columns;
    this.token = columns.get(0);
    this.form = form(dataset.token().scheme());
    this.maxAgeDays = maxAgeDays;
  }

  static String form(Scheme scheme) {
    return switch (scheme) {
      case SHA256_HEX -> "^[0-9a-f]{64}\\z";
      case SHA512_HEX -> "^[0-9a-f]{128}\\z";
      case UUID -> "^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z";
      case OPAQUE -> "^[A-Za-z0-9_+/=-]{16,128}\\z";
    };
  }

  /** One column a rule: its code where the row breaks it, else null. */
  List<Column> reasons() {
    List<Column> reasons = new ArrayList<>();
    token(reasons);
    for (ContractColumn column : columns) {
      if (column.part() != Part.TOKEN) {
        general(reasons, column);
        limits(reasons, column);
        times(reasons, column);
      }
    }
    return reasons;
  }

  /** Whether a judged row's token names a person. */
  Column goodToken() {
    return not(
        exists(
            Quarantine.REASONS.col(),
            code -> code.startsWith(token.code() + ":").or(code.equalTo("malformed"))));
  }

  private void token(List<Column> reasons) {
    Column text = token.text().col();
    Column missing = text.isNull().or(trim(text).equalTo(""));
    Column wellFormed = text.rlike(form);
    reasons.add(
        when(missing, lit("token:missing"))
            .when(not(wellFormed), lit("token:malformed"))
            .when(text.rlike(SENTINEL), lit("token:sentinel")));
  }

  private void general(List<Column> reasons, ContractColumn column) {
    Column text = column.text().col();
    if (column.required()) {
      reasons.add(reason(column, "required", text.isNull()));
    }
    reasons.add(reason(column, "wrong_type", column.wrong().col()));
    if (column.type().equals(DataTypes.StringType)) {
      reasons.add(reason(column, "token", text.equalTo(token.text().col())));
    }
    reasons.add(reason(column, "too_long", length(text).gt(maxLength(column))));
  }

  private static void limits(List<Column> reasons, ContractColumn column) {
    Column value = column.value().col();
    var contract = column.contract();
    boolean number = column.type() instanceof NumericType;
    if (number && contract.min() != null) {
      reasons.add(reason(column, "below_min", value.lt(lit(contract.min()))));
    }
    if (number && contract.max() != null) {
      reasons.add(reason(column, "above_max", value.gt(lit(contract.max()))));
    }
    if (!contract.allowed().isEmpty()) {
      Column allowed = value.cast(DataTypes.StringType).isin(contract.allowed().toArray());
      reasons.add(reason(column, "not_allowed", not(allowed)));
    }
    if (contract.pattern() != null) {
      Column matches =
          value.cast(DataTypes.StringType).rlike("\\A(?:" + contract.pattern() + ")\\z");
      reasons.add(reason(column, "pattern", shortEnough(column).and(not(matches))));
    }
  }

  private void times(List<Column> reasons, ContractColumn column) {
    if (column.part() != Part.EVENT_TIME && column.part() != Part.UPDATED_AT) {
      return;
    }
    Column value = column.value().col();
    Column end = date_add(Events.DROP_DATE.col(), 1).cast(DataTypes.TimestampType);
    reasons.add(reason(column, "too_new", value.geq(end)));
    if (column.part() == Part.EVENT_TIME) {
      Column start = date_sub(Events.DROP_DATE.col(), maxAgeDays).cast(DataTypes.TimestampType);
      reasons.add(reason(column, "too_old", value.lt(start)));
    }
  }

  /** The text in which raw identifiers are to be looked for; null where there can be none. */
  static Column suspect(Scheme scheme, ContractColumn column) {
    Column text = column.text().col();
    Column pattern = shortEnough(column).and(text.rlike(RawIdentifiers.SUSPICIOUS));
    if (column.part() == Part.TOKEN) {
      // A well-formed hash is no identifier, whatever its digits look like; an opaque one may be.
      return when(
          scheme == Scheme.OPAQUE ? pattern : not(text.rlike(form(scheme))).and(pattern), text);
    }
    DataType type = column.type();
    if (type.equals(DataTypes.StringType)) {
      return when(pattern, text);
    }
    Column wrong = when(column.wrong().col().and(pattern), text);
    if (type.equals(DataTypes.IntegerType) || !(type instanceof NumericType)) {
      return wrong; // no such value is an identifier
    }
    Column value = column.value().col();
    Column large = value.geq(SMALL_NUMBER).and(value.equalTo(floor(value)));
    Column digits = value.try_cast(DataTypes.createDecimalType(20, 0));
    return when(column.wrong().col(), wrong).when(large, digits.cast(DataTypes.StringType));
  }

  /** A text as quarantine keeps it: never a token, a raw identifier or more than its limit. */
  Column redacted(ContractColumn column, Column kinds) {
    Column text = column.text().col();
    Column kind = regexp_extract(kinds.getItem(0), "raw_(\\w+)$", 1);
    return when(size(kinds).gt(0), concat(lit("["), kind, lit("]")))
        .when(not(shortEnough(column)), lit("[too_long]"))
        .when(lower(trim(text)).rlike(form).or(text.equalTo(token.text().col())), lit("[token]"))
        .otherwise(text);
  }

  private static Column shortEnough(ContractColumn column) {
    return length(column.text().col()).leq(maxLength(column));
  }

  private static int maxLength(ContractColumn column) {
    Integer limit = column.contract().maxLength();
    return limit == null ? DEFAULT_MAX_LENGTH : limit;
  }

  private static Column reason(ContractColumn column, String why, Column broken) {
    return when(broken, lit(column.code() + ":" + why));
  }
}
