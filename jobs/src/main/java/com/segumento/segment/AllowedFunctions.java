package com.segumento.segment;

import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;

/**
 * The functions a rule may call: built in, of their arguments alone, the same on every night and
 * machine. Whatever is not here is refused: what reads the clock, the session, files, random
 * numbers or classes, and what looks at more than one row.
 */
final class AllowedFunctions {
  /** Kept apart so that their refusal can say what to do instead. */
  static final Set<String> CLOCK =
      Set.of(
          "current_date",
          "curdate",
          "current_time",
          "current_timestamp",
          "current_timezone",
          "localtimestamp",
          "now",
          "unix_timestamp",
          "getdate");

  private static final String NAMES =
      """
      abs acos add_months array array_contains array_distinct array_max array_min array_position \
      array_size ascii asin atan atan2 base64 between bit_count bit_length bround btrim cardinality \
      cbrt ceil ceiling char char_length character_length chr coalesce concat concat_ws contains \
      cos cosh date date_add date_diff date_format date_from_unix_date date_part date_sub \
      date_trunc dateadd datediff datepart day dayname dayofmonth dayofweek dayofyear degrees \
      double element_at elt endswith equal_null exp extract find_in_set float floor format_number \
      greatest hash hex hour if ifnull ilike initcap int isnan isnotnull isnull last_day lcase \
      least left len length levenshtein like ln locate log log10 log1p log2 lower lpad ltrim \
      make_date make_interval md5 minute mod month monthname months_between named_struct nanvl \
      negative next_day nullif nullifzero nvl nvl2 octet_length overlay pmod position positive pow \
      power quarter radians regexp regexp_count regexp_extract regexp_instr regexp_like \
      regexp_replace regexp_substr repeat replace reverse right rint rlike round rpad rtrim second \
      sha2 sign signum sin sinh size soundex split split_part sqrt startswith string substr \
      substring substring_index tan tanh timestamp tinyint to_char to_date to_number to_timestamp \
      translate trim trunc try_add try_divide try_element_at try_mod try_multiply try_subtract \
      try_to_date try_to_number try_to_timestamp ucase unix_date upper weekday weekofyear \
      width_bucket xxhash64 year zeroifnull bigint boolean decimal smallint""";

  private static final Set<String> ALLOWED = new TreeSet<>(Set.of(NAMES.split("\\s+")));

  private AllowedFunctions() {}

  static boolean contains(String name) {
    return ALLOWED.contains(name);
  }

  /** The nearest allowed function of a misspelt one; one that Spark knows is not misspelt. */
  static String hint(String name) {
    return FunctionRegistry.functionSet().contains(new FunctionIdentifier(name))
        ? ""
        : DidYouMean.hint(name, ALLOWED);
  }
}
