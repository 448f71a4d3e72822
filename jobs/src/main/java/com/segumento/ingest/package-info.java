/** Client drops to validated client tables and quarantine. */
package com.segumento.ingest;
