/**
 * Benchmarks: whole processes side by side on the same data, run by {@code scripts/bench}; no test
 * runs them.
 */
package com.segumento.bench;
