package com.segumento.lake;

import com.segumento.udf.NeedleSearch;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/**
 * Shows a search what an object says once it is decompressed, also where something compressed holds
 * something compressed. What an object is, its first bytes say; its name is believed only where it
 * says that they can't.
 */
final class ObjectContents {
  private static final int BUFFER = 1 << 17;
  static final int BEGINNING = 1 << 10;
  private static final int DEEPEST = 4;
  private static final String DEFLATE = CompressorStreamFactory.DEFLATE;

  /** Of a few digits or two bytes, which a text may begin with as well. */
  private static final Set<String> WEAK_MARKS =
      Set.of(DEFLATE, ArchiveStreamFactory.CPIO, ArchiveStreamFactory.ARJ);

  /**
   * 7z, RAR, CAB, PDF, ORC, Avro, Arrow, encrypted Parquet; and Parquet where it is not an object
   * of its own.
   */
  private static final byte[][] CLOSED_FORMS = {
    {'7', 'z', (byte) 0xBC, (byte) 0xAF},
    {'R', 'a', 'r', '!'},
    {'M', 'S', 'C', 'F'},
    {'%', 'P', 'D', 'F'},
    {'O', 'R', 'C'},
    {'O', 'b', 'j', 1},
    {'A', 'R', 'R', 'O', 'W', '1'},
    {'P', 'A', 'R', 'E'},
    {'P', 'A', 'R', '1'}
  };

  /** Compressed, and without a mark to tell it by. */
  private static final Pattern UNMARKED = Pattern.compile(".*\\.(snappy|lz4|lzo|br|brotli)");

  static final String CLOSED = "is of a form that cannot be looked into";

  private final Supplier<NeedleSearch> searches;
  private final NeedleSearch search;
  private final byte[] buffer = new byte[BUFFER];

  /**
   * @param searches gives searches for the same
   */
  ObjectContents(Supplier<NeedleSearch> searches) {
    this.searches = searches;
    this.search = searches.get();
  }

  /** Whether an object that begins so says more, or may do so, than its stored bytes. */
  static boolean isPacked(byte[] beginning) {
    return isClosed(beginning)
        || compressor(beginning).isPresent()
        || archive(beginning).isPresent();
  }

  /** Whether an object that is not packed by its first bytes is so by its name. */
  static boolean isNamedPacked(String name) {
    return UNMARKED.matcher(name).matches();
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
      return Optional.of(CLOSED);
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
    if (depth == 0) { // as they are stored, its bytes were shown
      return opened(whole, compressor, archive, depth);
    }
    Shown shown = new Shown(whole, searches.get());
    Optional<String> problem = opened(shown, compressor, archive, depth);
    shown.toEnd();
    return problem;
  }

  private Optional<String> opened(
      InputStream in, Optional<String> compressor, Optional<String> archive, int depth)
      throws IOException {
    return compressor.isPresent()
        ? decompressed(in, compressor.get(), depth)
        : unpacked(in, archive.orElseThrow(), depth);
  }

  private Optional<String> decompressed(InputStream in, String how, int depth) throws IOException {
    Optional<String> problem;
    try (InputStream plain =
        new CompressorStreamFactory(true).createCompressorInputStream(how, new Unclosable(in))) {
      problem = show(plain, depth + 1);
    } catch (IOException | RuntimeException e) {
      rethrowIfUnreadable(e);
      search.end();
      problem = problem("cannot be decompressed to its end", how);
    }
    return problem;
  }

  private Optional<String> unpacked(InputStream in, String how, int depth) throws IOException {
    Optional<String> problem = Optional.empty();
    try (ArchiveInputStream<?> entries =
        new ArchiveStreamFactory().createArchiveInputStream(how, new Unclosable(in))) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Optional<String> of =
            entries.canReadEntryData(entry)
                ? show(new Unclosable(entries), depth + 1)
                : Optional.of("holds an entry that cannot be read (" + how + ")");
        problem = problem.or(() -> of);
      }
    } catch (IOException | RuntimeException e) {
      rethrowIfUnreadable(e);
      search.end();
      return problem("cannot be unpacked to its end", how);
    }
    return problem;
  }

  private static Optional<String> problem(String what, String how) {
    return WEAK_MARKS.contains(how) ? Optional.empty() : Optional.of(what + " (" + how + ")");
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
      return Optional.of(ArchiveStreamFactory.detect(new ByteArrayInputStream(beginning)));
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

  /** Shows a search what is read of a stream: names of entries, and what lies between them. */
  private static final class Shown extends FilterInputStream {
    private final NeedleSearch search;
    private final byte[] skipped = new byte[BUFFER];

    Shown(InputStream in, NeedleSearch search) {
      super(in);
      this.search = search;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        search.next(bytes, offset, read);
      }
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      return Math.max(0, read(skipped, 0, (int) Math.min(count, BUFFER)));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    void toEnd() throws IOException {
      try {
        while (read(skipped, 0, BUFFER) >= 0) {}
      } finally {
        search.end();
      }
    }
  }
}
