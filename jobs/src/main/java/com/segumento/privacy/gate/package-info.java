/**
 * Judges what is about to be published, from storage and the sources. Imports {@code lake}, {@code
 * config}, {@code model} and {@code udf} only, nothing of what made it; that some of its code
 * resembles the engine's is on purpose: neither can hide a fault of the other. Used by {@code
 * privacy} only.
 */
package com.segumento.privacy.gate;
