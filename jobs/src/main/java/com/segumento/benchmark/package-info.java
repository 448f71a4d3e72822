/**
 * Figures over clients that agreed to it, in which no client and no person can be told. Used by
 * {@code pipeline}; the only code that puts data of several clients together.
 */
package com.segumento.benchmark;
