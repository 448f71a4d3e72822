package com.segumento.lake;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A local folder behind a store that fails at, or leaves undone, its next deletes. */
public final class FailingDeletes extends RawLocalFileSystem {
  /** Deletes that throw. */
  static final AtomicInteger THROWING = new AtomicInteger();

  /** Deletes that are said to be done and are not. */
  static final AtomicInteger SILENT = new AtomicInteger();

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (takes(THROWING)) {
      throw new IOException("503 Slow Down");
    }
    return takes(SILENT) || super.delete(path, recursive);
  }

  private static boolean takes(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
