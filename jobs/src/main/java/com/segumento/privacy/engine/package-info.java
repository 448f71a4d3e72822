/** Makes the cells of a release. Used by {@code privacy} only. */
package com.segumento.privacy.engine;
