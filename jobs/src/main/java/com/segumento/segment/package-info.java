/** Traits and rules to memberships. */
package com.segumento.segment;
