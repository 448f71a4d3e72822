/**
 * Makes the cells and the records of a release. Of what answers have told it learns from {@code
 * questions}. Used by {@code privacy} only.
 */
package com.segumento.privacy.engine;
