package com.segumento.contract;

import static com.segumento.model.Field.optional;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import com.segumento.config.DatasetContract;
import com.segumento.contract.ContractColumn.Part;
import com.segumento.model.Events;
import com.segumento.model.Field;
import com.segumento.model.Quarantine;
import com.segumento.model.Transformation;
import com.segumento.model.Vault;
import com.segumento.udf.RawIdentifierKinds;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Gives each delivered row its person key and all reasons it breaks the contract for; rows without
 * a reason are good. One row out per row in; no token comes out, but for good rows where they are
 * kept.
 *
 * <p>Takes {@link Delivered} with the columns of the row's drop; gives those, the values of the
 * contract's columns, and {@link Quarantine}'s columns.
 *
 * @param maxAgeDays how many days before its drop's date an event may lie
 * @param personKey from token to person key
 * @param tokens whether good rows have theirs, as {@link Vault#TOKEN}
 */
public record JudgeRows(
    DatasetContract dataset,
    List<ContractColumn> columns,
    int maxAgeDays,
    UserDefinedFunction personKey,
    Tokens tokens)
    implements Transformation {
  /** What becomes of tokens once persons have their keys. */
  public enum Tokens {
    FORGOTTEN,
    /** For the vault, and nothing else. */
    KEPT
  }

  private static final ArrayType REASONS = new ArrayType(DataTypes.StringType, true);
  private static final String MALFORMED_ROW = "malformed";
  private static final Field KINDS = optional("kinds_", REASONS);

  public JudgeRows {
    columns = List.copyOf(columns);
  }

  @Override
  public Dataset<Row> apply(Dataset<Row> rows) {
    RowRules rules = new RowRules(dataset, columns, maxAgeDays);
    List<Column> judged = new ArrayList<>(kept(rows));
    judged.add(Quarantine.REASONS.as(reasons(rules)));
    columns.forEach(column -> judged.add(column.text().col()));
    columns.forEach(column -> judged.add(kinds(column).col()));
    return rows.select(withKinds(rows))
        .select(judged.toArray(Column[]::new))
        .select(withKey(rows, rules));
  }

  // Raw identifiers are looked for once; the reason and the redaction both need the answer.
  private Column[] withKinds(Dataset<Row> rows) {
    List<Column> all = new ArrayList<>();
    for (String name : rows.columns()) {
      all.add(optional(name, DataTypes.NullType).col());
    }
    for (ContractColumn column : columns) {
      Column suspect = RowRules.suspect(dataset.token().scheme(), column);
      UserDefinedFunction find =
          udf(new RawIdentifierKinds(column.code(), column.lookalikes()), REASONS)
              .withName("raw_identifiers");
      all.add(kinds(column).as(when(suspect.isNotNull(), find.apply(suspect))));
    }
    return all.toArray(Column[]::new);
  }

  private Column reasons(RowRules rules) {
    Column found =
        flatten(
            array_compact(array(columns.stream().map(c -> kinds(c).col()).toArray(Column[]::new))));
    return when(Delivered.MALFORMED.col(), array(lit(MALFORMED_ROW)))
        .otherwise(concat(array_compact(array(rules.reasons().toArray(Column[]::new))), found));
  }

  private Column[] withKey(Dataset<Row> rows, RowRules rules) {
    List<Column> all = new ArrayList<>(kept(rows));
    ContractColumn token = columns.get(0);
    Column bad = size(Quarantine.REASONS.col()).gt(0);
    all.add(Quarantine.REASONS.col());
    all.add(Quarantine.PERSON_KEY.as(when(rules.goodToken(), personKey.apply(token.text().col()))));
    if (tokens == Tokens.KEPT) {
      all.add(Vault.TOKEN.as(when(not(bad), encode(token.text().col(), "UTF-8"))));
    }
    all.add(Quarantine.VALUES.as(when(bad.and(notMalformed()), redacted(rules))));
    columns.stream()
        .filter(column -> column.part() == Part.EVENT_TIME)
        .forEach(time -> all.add(Events.EVENT_DATE.as(to_date(time.value().col()))));
    return all.toArray(Column[]::new);
  }

  private static Column notMalformed() {
    return Delivered.MALFORMED.col().equalTo(false);
  }

  private Column redacted(RowRules rules) {
    List<Column> entries = new ArrayList<>();
    columns.stream()
        .filter(column -> column.part() != Part.TOKEN)
        .forEach(
            column -> {
              entries.add(lit(column.name()));
              entries.add(rules.redacted(column, kinds(column).col()));
            });
    return entries.isEmpty()
        ? lit(null).cast(Quarantine.VALUES.type())
        : org.apache.spark.sql.functions.map(entries.toArray(Column[]::new));
  }

  // All but texts and wrongs; the token's value is its text.
  private List<Column> kept(Dataset<Row> rows) {
    List<String> dropped = new ArrayList<>();
    columns.forEach(
        column -> {
          dropped.add(column.text().name());
          dropped.add(column.wrong().name());
        });
    dropped.add(columns.get(0).value().name());
    List<Column> kept = new ArrayList<>();
    for (String name : rows.columns()) {
      if (!dropped.contains(name)) {
        kept.add(optional(name, DataTypes.NullType).col());
      }
    }
    return kept;
  }

  private static Field kinds(ContractColumn column) {
    return optional(KINDS.name() + column.index(), REASONS);
  }
}
