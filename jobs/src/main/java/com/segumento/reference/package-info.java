/** Loads reference tables, versioned by validity. For {@code cli} and whoever prepares a lake. */
package com.segumento.reference;
