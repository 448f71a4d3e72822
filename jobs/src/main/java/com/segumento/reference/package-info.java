/** Loads reference tables, versioned by validity. */
package com.segumento.reference;
