/**
 * All Delta and object-store I/O; the only package that imports {@code io.delta} or Hadoop. Stages
 * use it through {@link com.segumento.lake.Workspace}.
 */
package com.segumento.lake;
