/**
 * What is deleted, and how it is proved: expiry, the purge of erased persons, the scan of every
 * object, certificates. Used by {@code pipeline} and {@code cli}; knows no stage but the signature
 * of {@code export}.
 */
package com.segumento.retention;
