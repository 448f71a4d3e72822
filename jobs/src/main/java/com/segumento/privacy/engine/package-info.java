/** Makes the cells and the records of a release. Used by {@code privacy} only. */
package com.segumento.privacy.engine;
