/**
 * The search for the optimal generalization: hierarchies, privacy models, information loss and the
 * lattice, on dictionary-encoded groups in memory. Pure: no Spark, no I/O. Used by {@code privacy}
 * only.
 */
package com.segumento.privacy.lattice;
