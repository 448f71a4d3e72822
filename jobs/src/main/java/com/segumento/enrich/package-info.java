/** Joins location and demographic reference data to profiles. Only {@code pipeline} uses it. */
package com.segumento.enrich;
