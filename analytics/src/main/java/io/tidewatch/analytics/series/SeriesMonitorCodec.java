package io.tidewatch.analytics.series;

import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.detect.SeriesDetector;
import io.tidewatch.analytics.detect.SeriesDetectorCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Bytes of a {@link SeriesMonitor}: version (8 bits), number of bytes of the detector (32 bits,
 * most significant first), its bytes ({@link SeriesDetectorCodec}), end of the last window that
 * stands apart (64 bits), the day ({@link DayValues}). What is read goes on as what was written,
 * bit for bit.
 */
public final class SeriesMonitorCodec {
  private static final int VERSION = 2;

  /** Did not say which window stood apart last; the next one will. */
  private static final int ALL_APART = 1;

  private SeriesMonitorCodec() {}

  /** The monitor as bytes. */
  public static byte[] write(SeriesMonitor monitor) {
    byte[] detector = SeriesDetectorCodec.write(monitor.detector);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(detector.length + 1_024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(detector.length);
      out.write(detector);
      out.writeLong(monitor.apartUntilMs);
      monitor.day.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The monitor of bytes.
   *
   * @throws IOException when they are of a version this one does not know, of a detector that the
   *     settings do not fit, cut off, or damaged; one line
   */
  public static SeriesMonitor read(byte[] bytes, DetectorSettings settings) throws IOException {
    ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
    DataInputStream in = new DataInputStream(stream);
    try {
      int version = in.readUnsignedByte();
      if (version != VERSION && version != ALL_APART) {
        throw new IOException(
            "series: version must be %d or %d, was %d".formatted(ALL_APART, VERSION, version));
      }
      int length = in.readInt();
      if (length < 0 || length > stream.available()) {
        throw new IOException(
            "series: detector must have 0 to %d bytes, had %d"
                .formatted(stream.available(), length));
      }
      SeriesDetector detector = SeriesDetectorCodec.read(in.readNBytes(length), settings);
      long apartUntilMs = version == ALL_APART ? Long.MIN_VALUE : in.readLong();
      SeriesMonitor monitor = new SeriesMonitor(detector, DayValues.read(in), apartUntilMs);
      if (stream.available() > 0) {
        throw new IOException(
            "series: must end with its day, had %d bytes more".formatted(stream.available()));
      }
      return monitor;
    } catch (EOFException e) {
      throw new IOException("series: must not end within its state, did", e);
    }
  }
}
