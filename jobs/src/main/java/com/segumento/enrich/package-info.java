/** Joins location and demographic reference data to profiles. */
package com.segumento.enrich;
