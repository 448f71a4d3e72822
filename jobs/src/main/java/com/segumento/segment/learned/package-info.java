/**
 * What is learned of persons by Spark ML: clusters and lookalikes. For {@code segment} only.
 *
 * <p>The same on any cluster: learning sees at most so many persons, drawn by a hash of their keys,
 * in one partition in the order of that hash, so that every sum is made in the same order; what is
 * learned is rounded, so that the last bits of a processor's arithmetic do not matter; and applying
 * it to everyone is a pure function of a person's own columns.
 */
package com.segumento.segment.learned;
