package com.segumento.lake;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/**
 * Delta's log on S3 with one winner a version: a commit is created with {@code If-None-Match: *},
 * which the store itself decides. Delta's own log store for S3 decides within one JVM only and
 * silently loses commits of another.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">S3
 *     conditional writes</a>
 */
public final class ConditionalLogStore extends HadoopFileSystemLogStore {
  private static final String CONDITIONAL_CREATE = "fs.option.create.conditional.overwrite";

  public ConditionalLogStore(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    var create = files.createFile(path).overwrite(true).recursive();
    if (!overwrite) {
      create.must(CONDITIONAL_CREATE, true);
    }
    FSDataOutputStream out = create.build();
    boolean written = false;
    try {
      while (actions.hasNext()) {
        out.write((actions.next() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      written = true;
      out.close();
    } catch (RemoteFileChangedException e) {
      FileAlreadyExistsException lost = new FileAlreadyExistsException(path.toString());
      lost.initCause(e);
      throw lost;
    } finally {
      if (!written) {
        // Closing would publish half a commit.
        out.abort();
      }
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration hadoop) {
    return false;
  }
}
