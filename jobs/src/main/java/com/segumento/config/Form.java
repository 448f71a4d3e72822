package com.segumento.config;

import com.segumento.model.SecretAlias;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a text must look like. Schema and messages are made of it; on a list it holds for the
 * members.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Form {
  /** A name of ours: of a dataset, column, trait, segment, export. */
  String NAME = "^[a-z][a-z0-9_]{0,62}$";

  /** How a refusal describes {@link #NAME}. */
  String NAME_SAYS =
      "a name that begins with a lower-case letter and goes on with lower-case letters, digits or"
          + " underscores";

  /** A name of a secret in the credential provider. */
  String ALIAS = SecretAlias.FORM;

  /** How a refusal describes {@link #ALIAS}. */
  String ALIAS_SAYS = SecretAlias.SAYS;

  /** A number of days. */
  String DAYS = "^[1-9][0-9]{0,4}d$";

  /** How a refusal describes {@link #DAYS}. */
  String DAYS_SAYS = "a number of days, as in 90d";

  /** UTC days, seen from the business date. */
  String WINDOW =
      "^([1-9][0-9]{0,4}d( ending [1-9][0-9]{0,4}d ago)?|this month|last month"
          + "|since [0-9]{4}-[0-9]{2}-[0-9]{2})$";

  /** How a refusal describes {@link #WINDOW}. */
  String WINDOW_SAYS =
      "days as in 90d or 28d ending 7d ago, this month, last month, or a date as in since 2026-01-31";

  /** An aggregate of events. */
  String AGGREGATE =
      "^(count|distinct_days|days_since_first|days_since_last"
          + "|(sum|avg|min|max|first|last|count_distinct|approx_count_distinct|top)\\(.+\\))$";

  /** How a refusal describes {@link #AGGREGATE}. */
  String AGGREGATE_SAYS =
      "one of count, distinct_days, days_since_first, days_since_last, sum(x), avg(x), min(x),"
          + " max(x), first(x), last(x), count_distinct(x), approx_count_distinct(x), top(x), where x"
          + " is an expression";

  /** Some of an order. */
  String PART = "^([1-9][0-9]{0,8}|(100|[1-9]?[0-9](\\.[0-9]{1,6})?)%)$";

  /** How a refusal describes {@link #PART}. */
  String PART_SAYS = "a share of persons as in 10%, or a number of them in quotes";

  /** A share. */
  String SHARE = "^(100|[1-9]?[0-9](\\.[0-9]{1,6})?)%$";

  /** Any text but a blank one. */
  String TEXT = "\\S";

  /** How a refusal describes {@link #TEXT}. */
  String TEXT_SAYS = "a text that is not blank";

  /** Regular expression, searched for as JSON Schema does. */
  String pattern();

  /** What goes after "Expected". */
  String says();
}
