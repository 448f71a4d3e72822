/** Ingest, enrich, segment, export: the only package that names several stages. */
package com.segumento.pipeline;
