package com.segumento.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.sql.SparkSession;

/**
 * Local folders, as a store that tells of every change before it makes it: what is there then is
 * what a process leaves that is killed between two changes. Files of a folder are deleted one by
 * one, as an object store does it.
 */
public final class WatchedWrites extends RawLocalFileSystem {
  private static final String FILES = "fs.file.impl";
  private static final String UNCACHED = "fs.file.impl.disable.cache";
  private static final String CONTEXT = "fs.AbstractFileSystem.file.impl";

  private static volatile Watcher watcher = change -> {};

  /** Is told of a change. */
  @FunctionalInterface
  public interface Watcher {
    void before(String change) throws IOException;
  }

  /** Has a session write through it. */
  public static void in(SparkSession spark) {
    spark.conf().set(FILES, WatchedWrites.class.getName());
    spark.conf().set(UNCACHED, "true");
    spark.conf().set(CONTEXT, Context.class.getName());
  }

  /** Ends that. */
  public static void out(SparkSession spark) {
    watcher = change -> {};
    spark.conf().unset(FILES);
    spark.conf().unset(UNCACHED);
    spark.conf().unset(CONTEXT);
  }

  /** Tells {@code of} from now on. */
  public static void tell(Watcher of) {
    watcher = of;
  }

  /** The same for Delta's log, which is written through another interface of Hadoop. */
  public static final class Context extends DelegateToFileSystem {
    public Context(URI uri, Configuration conf) throws IOException, URISyntaxException {
      super(uri, new WatchedWrites(), conf, "file", false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }
  }

  @Override
  public String getScheme() {
    return "file";
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int buffer,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    watcher.before("create " + path);
    return super.create(path, overwrite, buffer, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    watcher.before("create " + path);
    return super.create(path, permission, overwrite, buffer, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int buffer,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    watcher.before("create " + path);
    return super.createNonRecursive(
        path, permission, flags, buffer, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    watcher.before("rename " + from + " to " + to);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (exists(path) && getFileStatus(path).isDirectory() && recursive) {
      for (FileStatus below : listStatus(path)) {
        delete(below.getPath(), true);
      }
    } else {
      watcher.before("delete " + path);
    }
    return super.delete(path, recursive);
  }
}
