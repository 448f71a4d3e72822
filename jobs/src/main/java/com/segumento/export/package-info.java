/** Released tables to deliverables with a manifest. */
package com.segumento.export;
