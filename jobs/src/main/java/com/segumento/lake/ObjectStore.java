package com.segumento.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;

/** Files beside the Delta tables: landing, staging and exports. */
public final class ObjectStore {
  private static final int DELETE_ATTEMPTS = 4;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

  private final SparkSession spark;

  ObjectStore(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * A file.
   *
   * @param uri its whole URI
   * @param bytes its length
   * @param modified its time of change, milliseconds since 1970, as the store says it
   */
  public record StoredObject(String uri, long bytes, long modified) {}

  /** A URI without doubled slashes or dots, and of the one scheme S3 is read by. */
  public static String spelled(String uri) {
    return new Path(new Path(uri.replaceFirst("^s3n?:", "s3a:")).toUri().normalize()).toString();
  }

  /** All files below {@code prefix}, by URI; none where there is no such prefix. */
  public List<StoredObject> list(String prefix) {
    Path path = new Path(prefix);
    try {
      return list(fileSystem(path), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<StoredObject> list(FileSystem files, Path path) throws IOException {
    List<StoredObject> found = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> each = files.listFiles(path, true);
      while (each.hasNext()) {
        LocatedFileStatus file = each.next();
        found.add(
            new StoredObject(file.getPath().toString(), file.getLen(), file.getModificationTime()));
      }
    } catch (java.io.FileNotFoundException e) {
      return List.of();
    }
    found.sort(Comparator.comparing(StoredObject::uri));
    return List.copyOf(found);
  }

  /** All files below {@code prefix} by their paths from there. */
  public Map<String, StoredObject> below(String prefix) {
    Path path = new Path(prefix);
    try {
      URI from = fileSystem(path).makeQualified(path).toUri();
      return list(prefix).stream()
          .collect(
              Collectors.toMap(
                  object -> from.relativize(new Path(object.uri()).toUri()).getPath(),
                  Function.identity()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Every object below {@code prefix}, by URI, also those that a file system keeps for itself, such
   * as a local folder's checksums; none where there is no such prefix.
   */
  public List<StoredObject> everything(String prefix) {
    Path path = new Path(prefix);
    try {
      return list(ProofScan.raw(fileSystem(path)), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names directly under {@code prefix}, sorted; none where there is no such prefix. */
  public List<String> names(String prefix) {
    Path path = new Path(prefix);
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem(path).listStatus(path)) {
        names.add(status.getPath().getName());
      }
    } catch (java.io.FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    names.sort(Comparator.naturalOrder());
    return List.copyOf(names);
  }

  public boolean exists(String uri) {
    Path path = new Path(uri);
    try {
      return fileSystem(path).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's text, or nothing where there is none. */
  public Optional<String> text(String uri) {
    Path path = new Path(uri);
    try (InputStream in = fileSystem(path).open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (java.io.FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first bytes of a file, no more than {@code most}; nothing where there is no such file. */
  public Optional<byte[]> head(String uri, int most) {
    Path path = new Path(uri);
    try {
      FileSystem files = fileSystem(path);
      if (!files.getFileStatus(path).isFile()) {
        return Optional.empty();
      }
      try (InputStream in = files.open(path)) {
        return Optional.of(in.readNBytes(most));
      }
    } catch (java.io.FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file, which appears whole or not at all on an object store. */
  public void write(String uri, String text) {
    Path path = new Path(uri);
    try (OutputStream out = fileSystem(path).create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file from a stream, which is read to its end. */
  public void write(String uri, InputStream in) {
    Path path = new Path(uri);
    try (OutputStream out = fileSystem(path).create(path, true)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a file that is not there yet; false where there is one. Of several that write at once
   * exactly one is told true: S3 and the local file system decide it, each by its own means.
   */
  boolean create(String uri, String text) {
    Path path = new Path(uri);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      FileSystem files = fileSystem(path);
      return files.getScheme().equals("file")
          ? ExclusiveFile.link(java.nio.file.Path.of(path.toUri().getPath()), bytes)
          : ExclusiveFile.put(files, path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies one file, bytes as they are. */
  public void copy(String from, String to) {
    Path source = new Path(from);
    Path target = new Path(to);
    try (InputStream in = fileSystem(source).open(source);
        OutputStream out = fileSystem(target).create(target, true)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes everything below {@code prefix}; nothing there is no error. */
  public void delete(String prefix) {
    Path path = new Path(prefix);
    try {
      FileSystem files = fileSystem(path);
      if (files.exists(path) && !files.delete(path, true) && files.exists(path)) {
        throw new IOException("The store did not delete " + prefix);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes everything below {@code prefix}, tries again where the store fails, and believes only a
   * listing that it is gone: both stores list what is there at once, so an empty listing after the
   * last delete is proof.
   *
   * @throws UncheckedIOException where something is still there after that
   */
  public void deleteForGood(String prefix) {
    UncheckedIOException failure = null;
    for (int attempt = 0; attempt < DELETE_ATTEMPTS; attempt++) {
      try {
        delete(prefix);
        if (isGone(prefix)) {
          return;
        }
      } catch (UncheckedIOException e) {
        failure = e;
      }
      LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos() << attempt);
    }
    throw new UncheckedIOException(
        "The store did not delete " + prefix,
        failure == null ? new IOException("It is still listed.") : failure.getCause());
  }

  /** Whether nothing is below {@code prefix}, nor the mark of a folder that has nothing in it. */
  public boolean isGone(String prefix) {
    return everything(prefix).isEmpty() && !exists(prefix);
  }

  private FileSystem fileSystem(Path path) throws IOException {
    return path.getFileSystem(hadoop());
  }

  private Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }
}
