package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.window.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Bytes of a {@link SeriesDetector}: version (8 bits), trees of a view, nodes of a tree and rows of
 * the cooldown ({@link Varint}), the state, and the CRC-32 of all before (32 bits). All big-endian.
 *
 * <p>A detector that is read goes on as the one written would have, bit for bit. What decides
 * (threshold, warm-up, memory, votes) is not in the bytes: it is that of the settings it is read
 * with.
 */
public final class SeriesDetectorCodec {
  private static final int VERSION = 2;

  /** Did not say which rows stood apart. */
  private static final int ALL_APART = 1;

  private SeriesDetectorCodec() {}

  /** The detector as bytes. */
  public static byte[] write(SeriesDetector detector) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DetectorSettings settings = detector.settings();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      Varint.write(settings.treesPerView(), out);
      Varint.write(settings.nodesPerTree(), out);
      Varint.write(settings.cooldownRows(), out);
      detector.write(out);
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The detector of bytes.
   *
   * @throws IOException when they are of a version this one does not know, of other trees or
   *     another cooldown than the settings have, cut off, damaged, or no detector; its message is
   *     one line that says which
   */
  public static SeriesDetector read(byte[] bytes, DetectorSettings settings) throws IOException {
    if (bytes.length <= Integer.BYTES) {
      throw new IOException(
          "detector: must have a version and a checksum, had %d bytes".formatted(bytes.length));
    }
    if (bytes[0] != VERSION && bytes[0] != ALL_APART) {
      throw new IOException(
          "detector: version must be %d or %d, was %d; written by another version of Tidewatch"
              .formatted(ALL_APART, VERSION, bytes[0] & 0xFF));
    }
    int end = bytes.length - Integer.BYTES;
    if (ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
      throw new IOException(
          "detector: checksum must be that of the bytes before it, was not; %d bytes are cut off or damaged"
              .formatted(bytes.length));
    }
    ByteArrayInputStream stream = new ByteArrayInputStream(bytes, 1, end - 1);
    try {
      DataInputStream in = new DataInputStream(stream);
      same("trees of a view", in, settings.treesPerView());
      same("nodes of a tree", in, settings.nodesPerTree());
      same("rows of the cooldown", in, settings.cooldownRows());
      SeriesDetector detector = SeriesDetector.read(settings, in, bytes[0] != ALL_APART);
      if (stream.available() > 0) {
        throw new IOException(
            "detector: must end with its cooldown, had %d bytes more"
                .formatted(stream.available()));
      }
      return detector;
    } catch (EOFException e) {
      throw new IOException("detector: must not end within its state, did", e);
    }
  }

  private static void same(String what, DataInput in, int asked) throws IOException {
    long written = Varint.read(in);
    if (written != asked) {
      throw new IOException(
          "detector: %s must be %d, as in the settings, were %d".formatted(what, asked, written));
    }
  }

  private static int checksum(byte[] bytes, int end) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    return (int) crc.getValue();
  }
}
