package io.tidewatch.jobs.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Pages compressed by Zstandard, as all readers know it. Parquet's own factory asks Hadoop for a
 * codec, which needs much of Hadoop.
 */
public final class ZstdPages implements CompressionCodecFactory {
  /** Zstandard's default. */
  private static final int LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    requireZstd(codec);
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput page) throws IOException {
        return BytesInput.from(Zstd.compress(bytes(page), LEVEL));
      }

      @Override
      public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
      }

      @Override
      public void release() {
        // holds nothing
      }
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    requireZstd(codec);
    return new BytesInputDecompressor() {
      @Override
      public BytesInput decompress(BytesInput page, int size) throws IOException {
        return BytesInput.from(Zstd.decompress(bytes(page), size));
      }

      @Override
      public void decompress(ByteBuffer page, int compressedSize, ByteBuffer to, int size) {
        byte[] compressed = new byte[compressedSize];
        page.get(compressed);
        to.put(Zstd.decompress(compressed, size));
      }

      @Override
      public void release() {
        // holds nothing
      }
    };
  }

  @Override
  public void release() {
    // holds nothing
  }

  private static byte[] bytes(BytesInput page) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(page.size()));
    page.writeAllTo(bytes);
    return bytes.toByteArray();
  }

  private static void requireZstd(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("codec: must be ZSTD, was " + codec);
    }
  }
}
