/**
 * Anonymizes any table by a specification: compresses it to its distinct combinations of
 * quasi-identifiers, has the optimal generalization searched for, applies it and reports. Used by
 * the command line and by exports.
 */
package com.segumento.privacy.anonymize;
