/** The gate; sole maker of a released table. */
package com.segumento.privacy;
