package com.segumento.lake;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/** Creates files that must not be there yet, whole or not at all, with one winner. */
final class ExclusiveFile {
  private static final String CONDITIONAL_CREATE = "fs.option.create.conditional.overwrite";

  private ExclusiveFile() {}

  /** On S3, by {@code If-None-Match: *}. */
  static boolean put(FileSystem files, org.apache.hadoop.fs.Path path, byte[] bytes)
      throws IOException {
    var create = files.createFile(path).overwrite(true).recursive();
    create.must(CONDITIONAL_CREATE, true);
    FSDataOutputStream out = create.build();
    boolean written = false;
    try {
      out.write(bytes);
      written = true;
      out.close();
      return true;
    } catch (RemoteFileChangedException e) {
      return false;
    } finally {
      if (!written) {
        // Closing would publish half a file.
        out.abort();
      }
    }
  }

  /** On a local file system, by a hard link: unlike a rename it never replaces. */
  static boolean link(Path path, byte[] bytes) throws IOException {
    Files.createDirectories(path.getParent());
    Path written = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(written, bytes);
      Files.createLink(path, written);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
