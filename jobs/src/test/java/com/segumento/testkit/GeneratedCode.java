package com.segumento.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tests whose queries run as code Spark generates, as in production. All others are interpreted:
 * for a handful of rows, generating and compiling code takes longer than all else together.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface GeneratedCode {}
