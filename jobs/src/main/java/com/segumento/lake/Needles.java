package com.segumento.lake;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.unhex;
import static org.apache.spark.sql.functions.when;

import com.segumento.model.Field;
import com.segumento.model.Persons;
import com.segumento.model.Vault;
import com.segumento.udf.NeedleFilter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * All forms in which a person's token or key may lie in an object: as bytes; in hexadecimal digits;
 * in base64, in its usual and its URL's alphabet and wherever in a longer encoded value it begins.
 * Of a token that is written in hexadecimal digits, with or without hyphens, also the bytes they
 * stand for. Digits and tokens are looked for in either case, and in UTF-16 as well as in ASCII. Of
 * hashes in digits the first {@value #DIGITS} are looked for: Delta's statistics keep no more of a
 * text, and no two persons share them.
 */
public final class Needles {
  /** Whether upper and lower case are the same; the needle is in lower case then. */
  public static final Field FOLDED = Field.required("folded", DataTypes.BooleanType);

  /** What to look for, at least {@link NeedleFilter#WINDOW} bytes. */
  public static final Field NEEDLE = Field.required("needle", DataTypes.BinaryType);

  public static final StructType SCHEMA = Field.schema(FOLDED, NEEDLE);

  private static final String HEXADECIMAL = "^(?:[0-9a-fA-F]{2}){16,}$";
  private static final String FORM = "form";
  private static final int DIGITS = 32;
  private static final String LETTER = "[a-f]";

  private Needles() {}

  /**
   * Needles of persons.
   *
   * @param persons with {@link Persons#PERSON_KEY}, and {@link Vault#TOKEN} that may be null
   */
  public static Dataset<Row> of(Dataset<Row> persons) {
    List<Column> forms = new ArrayList<>(bytes(Persons.PERSON_KEY.col()));
    forms.addAll(token(Vault.TOKEN.col()));
    return forms(persons, forms);
  }

  /**
   * Needles of tokens alone, as those of a destination.
   *
   * @param tokens with {@link Vault#TOKEN}
   */
  public static Dataset<Row> ofTokens(Dataset<Row> tokens) {
    return forms(tokens, token(Vault.TOKEN.col()));
  }

  private static Dataset<Row> forms(Dataset<Row> rows, List<Column> forms) {
    return rows.select(explode(array_compact(array(forms.toArray(Column[]::new)))).as(FORM))
        .select(
            col(FORM).getField(FOLDED.name()).as(FOLDED.name()),
            col(FORM).getField(NEEDLE.name()).as(NEEDLE.name()))
        .filter(length(NEEDLE.col()).geq(NeedleFilter.WINDOW))
        .dropDuplicates();
  }

  private static List<Column> token(Column token) {
    Column text = lower(functions.decode(token, "UTF-8"));
    Column digits = regexp_replace(text, "-", "");
    Column isHash = digits.rlike(HEXADECIMAL);
    Column begin = when(isHash, beginning(text)).otherwise(text);
    List<Column> forms = new ArrayList<>();
    forms.add(exact(token));
    forms.add(folded(lower(hex(token))));
    forms.addAll(base64s(token));
    forms.add(folded(begin));
    forms.add(wide(begin));
    forms.add(folded(when(isHash, beginning(digits)).otherwise(digits)));
    forms.addAll(bytes(when(isHash, unhex(digits))));
    return forms;
  }

  /** Of random bytes. */
  private static List<Column> bytes(Column bytes) {
    Column digits = beginning(lower(hex(bytes)));
    List<Column> forms = base64s(bytes);
    forms.add(exact(bytes));
    forms.add(folded(digits));
    forms.add(wide(digits));
    return forms;
  }

  private static List<Column> base64s(Column bytes) {
    List<Column> forms = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      Column usual = inBase64(bytes, before);
      forms.add(exact(encode(usual, "UTF-8")));
      forms.add(exact(encode(translate(usual, "+/", "-_"), "UTF-8")));
    }
    return forms;
  }

  private static Column beginning(Column text) {
    Column beginning = functions.substring(text, 1, DIGITS);
    return when(beginning.rlike(LETTER), beginning).otherwise(text); // else it may be a counter's
  }

  /** A text in UTF-16 of either byte order, without the zero that only one of them ends with. */
  private static Column wide(Column text) {
    Column wide = encode(text, "UTF-16LE");
    return form(lit(true), functions.substring(wide, lit(1), length(wide).minus(1)));
  }

  /**
   * What is always there of {@code bytes} in the base64 of something that has them after so many
   * bytes beyond a multiple of three: digits that only they decide.
   */
  private static Column inBase64(Column bytes, int before) {
    int skipped = (3 - before) % 3;
    Column from = functions.substring(bytes, lit(skipped + 1), length(bytes));
    Column wholes = expr("1").multiply(length(from)).minus(length(from).mod(3));
    return base64(functions.substring(from, lit(1), wholes.cast(DataTypes.IntegerType)));
  }

  private static Column exact(Column bytes) {
    return form(lit(false), bytes);
  }

  private static Column folded(Column text) {
    return form(lit(true), encode(text, "UTF-8"));
  }

  private static Column form(Column folded, Column needle) {
    return when(needle.isNotNull(), struct(folded.as(FOLDED.name()), needle.as(NEEDLE.name())));
  }
}
