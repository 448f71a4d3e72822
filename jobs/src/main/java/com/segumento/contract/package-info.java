/**
 * Rows as a client delivers them, read and judged by a contract: for {@code ingest} and {@code
 * request}, which may know nothing of each other.
 */
package com.segumento.contract;
