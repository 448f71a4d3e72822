/**
 * Client drops to validated client tables, and the rows that break a contract to quarantine. Used
 * by {@code pipeline} through {@link com.segumento.ingest.IngestStage} only.
 */
package com.segumento.ingest;
