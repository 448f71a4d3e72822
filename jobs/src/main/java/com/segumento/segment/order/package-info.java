/**
 * Orders of persons and where they are cut: exact ranks without a global sort in one task. For
 * {@code segment} only.
 */
package com.segumento.segment.order;
