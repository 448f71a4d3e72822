/**
 * Synthetic and packaged client drops: what {@code segumento generate} lays into the landing zone,
 * in place of a client. Only {@code cli} uses it.
 */
package com.segumento.generate;
