package com.segumento.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** JSON Schema of a setting that has no single Java type. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface SchemaText {
  String value();
}
