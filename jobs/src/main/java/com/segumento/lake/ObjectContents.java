package com.segumento.lake;

import com.segumento.udf.NeedleSearch;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/**
 * Shows a search what an object says once it is decompressed, also where something compressed holds
 * something compressed. What an object is, its first bytes say; its name is not believed.
 */
final class ObjectContents {
  private static final int BUFFER = 1 << 17;
  static final int BEGINNING = 1 << 10;
  private static final int DEEPEST = 4;
  private static final String DEFLATE = CompressorStreamFactory.DEFLATE;

  /** 7z, ORC, Avro, encrypted Parquet; and Parquet where it is not an object of its own. */
  private static final byte[][] CLOSED_FORMS = {
    {'7', 'z', (byte) 0xBC, (byte) 0xAF},
    {'O', 'R', 'C'},
    {'O', 'b', 'j', 1},
    {'P', 'A', 'R', 'E'},
    {'P', 'A', 'R', '1'}
  };

  private final NeedleSearch search;
  private final byte[] buffer = new byte[BUFFER];

  ObjectContents(NeedleSearch search) {
    this.search = search;
  }

  /** Whether an object that begins so says more, or may do so, than its stored bytes. */
  static boolean isPacked(byte[] beginning) {
    return isClosed(beginning)
        || compressor(beginning).isPresent()
        || archive(beginning).isPresent();
  }

  /** Shows bytes as they are, to their end. */
  void pass(InputStream in) throws IOException {
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      search.next(buffer, 0, read);
    }
    search.end();
  }

  /**
   * Shows what a packed stream says.
   *
   * @return why not all of it could be seen, where that is so
   * @throws IOException where the store does not give the bytes
   */
  Optional<String> show(InputStream stored) throws IOException {
    try {
      return show(new Watched(stored), 0);
    } catch (Unreadable e) {
      throw e.getCause();
    }
  }

  private Optional<String> show(InputStream in, int depth) throws IOException {
    BufferedInputStream whole = new BufferedInputStream(in, BUFFER);
    whole.mark(BEGINNING);
    byte[] beginning = whole.readNBytes(BEGINNING);
    whole.reset();
    if (isClosed(beginning)) {
      pass(whole);
      return Optional.of("is of a form that cannot be looked into");
    }
    Optional<String> compressor = compressor(beginning);
    Optional<String> archive = compressor.isPresent() ? Optional.empty() : archive(beginning);
    if (compressor.isEmpty() && archive.isEmpty()) {
      pass(whole);
      return Optional.empty();
    }
    if (depth == DEEPEST) {
      pass(whole);
      return Optional.of("is compressed more than " + DEEPEST + " times over");
    }
    return compressor.isPresent()
        ? decompressed(whole, compressor.get(), depth)
        : unpacked(whole, archive.get(), depth);
  }

  private Optional<String> decompressed(InputStream in, String how, int depth) throws IOException {
    Optional<String> problem;
    try (InputStream plain =
        new CompressorStreamFactory(true).createCompressorInputStream(how, new Unclosable(in))) {
      problem = show(plain, depth + 1);
    } catch (IOException | RuntimeException e) {
      rethrowIfUnreadable(e);
      search.end();
      // A text may begin like something compressed by zlib, whose mark is two bytes.
      problem =
          how.equals(DEFLATE)
              ? Optional.empty()
              : Optional.of("cannot be decompressed to its end (" + how + ")");
    }
    return problem;
  }

  private Optional<String> unpacked(InputStream in, String how, int depth) throws IOException {
    Optional<String> problem = Optional.empty();
    try (ArchiveInputStream<?> entries =
        new ArchiveStreamFactory().createArchiveInputStream(how, new Unclosable(in))) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (!entries.canReadEntryData(entry)) {
          return Optional.of("holds an entry that cannot be read (" + how + ")");
        }
        Optional<String> of = show(new Unclosable(entries), depth + 1);
        problem = problem.or(() -> of);
      }
    } catch (IOException | RuntimeException e) {
      rethrowIfUnreadable(e);
      search.end();
      return Optional.of("cannot be unpacked to its end (" + how + ")");
    }
    return problem;
  }

  private static void rethrowIfUnreadable(Exception e) throws Unreadable {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Unreadable unreadable) {
        throw unreadable;
      }
    }
  }

  private static Optional<String> compressor(byte[] beginning) {
    try {
      return Optional.of(CompressorStreamFactory.detect(new ByteArrayInputStream(beginning)));
    } catch (CompressorException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> archive(byte[] beginning) {
    try {
      // A tar file is not compressed: its bytes are seen as they are.
      return Optional.of(ArchiveStreamFactory.detect(new ByteArrayInputStream(beginning)))
          .filter(form -> form.equals(ArchiveStreamFactory.ZIP));
    } catch (ArchiveException e) {
      return Optional.empty();
    }
  }

  private static boolean isClosed(byte[] beginning) {
    return Arrays.stream(CLOSED_FORMS)
        .anyMatch(
            form ->
                beginning.length >= form.length
                    && Arrays.equals(form, Arrays.copyOf(beginning, form.length)));
  }

  /** Tells what the store fails at from what a decoder fails at. */
  private static final class Watched extends FilterInputStream {
    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw new Unreadable(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        throw new Unreadable(e);
      }
    }
  }

  private static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreadable(IOException cause) {
      super(cause);
    }

    @Override
    public synchronized IOException getCause() {
      return (IOException) super.getCause();
    }
  }

  private static final class Unclosable extends FilterInputStream {
    Unclosable(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, length);
    }
  }
}
