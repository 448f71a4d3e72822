/** What the segments of a night have in common, counted and guarded. For {@code segment} only. */
package com.segumento.segment.overlap;
