package com.segumento.lake;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;

/**
 * Zstandard text for Spark's readers; Hadoop's own codec needs a native Hadoop, which Spark lacks.
 */
public final class ZstandardCodec implements CompressionCodec {

  @Override
  public String getDefaultExtension() {
    return ".zst";
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in) throws IOException {
    ZstdInputStream zstd = new ZstdInputStream(in);
    return new CompressionInputStream(in) {
      @Override
      public int read() throws IOException {
        return zstd.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return zstd.read(buffer, offset, length);
      }

      @Override
      public void resetState() {}

      @Override
      public void close() throws IOException {
        zstd.close();
        super.close();
      }
    };
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in, Decompressor decompressor)
      throws IOException {
    return createInputStream(in);
  }

  @Override
  public Class<? extends Decompressor> getDecompressorType() {
    return null;
  }

  @Override
  public Decompressor createDecompressor() {
    return null;
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out) throws IOException {
    ZstdOutputStream zstd = new ZstdOutputStream(out);
    return new CompressionOutputStream(zstd) {
      @Override
      public void write(int value) throws IOException {
        zstd.write(value);
      }

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        zstd.write(buffer, offset, length);
      }

      @Override
      public void finish() throws IOException {
        zstd.flush();
      }

      @Override
      public void resetState() {}
    };
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out, Compressor compressor)
      throws IOException {
    return createOutputStream(out);
  }

  @Override
  public Class<? extends Compressor> getCompressorType() {
    return null;
  }

  @Override
  public Compressor createCompressor() {
    return null;
  }
}
