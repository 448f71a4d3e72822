package com.segumento.config;

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
  String ALIAS = "^[a-z][a-z0-9_]*([.-][a-z0-9_]+){1,8}$";

  /** How a refusal describes {@link #ALIAS}. */
  String ALIAS_SAYS =
      "the alias of a secret in the credential provider, as in acme.person.key; never the secret"
          + " itself";

  /** A number of days. */
  String DAYS = "^[1-9][0-9]{0,4}d$";

  /** How a refusal describes {@link #DAYS}. */
  String DAYS_SAYS = "a number of days, as in 90d";

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
