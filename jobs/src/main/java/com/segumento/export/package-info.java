/** Releases to the client: files, signed manifest, nothing the gate did not pass. */
package com.segumento.export;
