/**
 * What is deleted, and how it is proved: expiry, the purge of erased persons, the scan of every
 * object, certificates. Used by {@code pipeline} and {@code cli}; knows no stage but the signature
 * of {@code export} and what its manifests tell, and how {@code privacy} names a destination's key.
 */
package com.segumento.retention;
