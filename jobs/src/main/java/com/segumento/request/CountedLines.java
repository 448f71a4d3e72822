package com.segumento.request;

import com.segumento.model.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts the lines of a text that are not empty, and digests it, while it is read. */
final class CountedLines extends FilterInputStream {
  private final MessageDigest digest = Sha256.digest();
  private long lines;
  private boolean inLine;

  CountedLines(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    if (read >= 0) {
      look((byte) read);
      digest.update((byte) read);
    }
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    for (int i = 0; i < read; i++) {
      look(buffer[offset + i]);
    }
    if (read > 0) {
      digest.update(buffer, offset, read);
    }
    return read;
  }

  private void look(byte next) {
    if (next == '\n') {
      inLine = false;
    } else if (!inLine && next > ' ') {
      inLine = true;
      lines++;
    }
  }

  /** Lines read so far. */
  long lines() {
    return lines;
  }

  /** Of all that was read; to be asked once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
