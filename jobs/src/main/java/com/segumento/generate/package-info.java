/** Synthetic and packaged client drops. */
package com.segumento.generate;
