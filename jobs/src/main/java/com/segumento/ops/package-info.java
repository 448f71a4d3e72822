/**
 * Runs, progress, reports and the clock. Depends on {@code model} only; the one reader of the
 * clock.
 */
package com.segumento.ops;
