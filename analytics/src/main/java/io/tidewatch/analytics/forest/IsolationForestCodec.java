package io.tidewatch.analytics.forest;

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
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of an {@link IsolationForest}: version (8 bits), engine (modified UTF-8), seed (64 bits),
 * trees, rows of a sample, extension level, rows and number of features ({@link Varint}), for each
 * feature its name and the value it always had (64-bit double, {@code NaN} where it varied), with
 * an extension level above 0 also centre and spread of each feature (doubles), the trees ({@link
 * TreesCodec}), and the CRC-32 of all before (32 bits). All big-endian.
 *
 * <p>What is read scores as what was written, bit for bit, and is written as the same bytes. 100
 * trees of 256 rows of nine features take less than 100 kB.
 */
public final class IsolationForestCodec {
  private static final int VERSION = 1;

  private IsolationForestCodec() {}

  /** The forest as bytes. */
  public static byte[] write(IsolationForest forest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(forest, out);
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(IsolationForest forest, DataOutputStream out) throws IOException {
    ForestOrigin origin = forest.origin();
    ForestSettings settings = origin.settings();
    out.writeByte(VERSION);
    out.writeUTF(origin.engine());
    out.writeLong(settings.seed());
    Varint.write(settings.trees(), out);
    Varint.write(settings.sampleRows(), out);
    Varint.write(settings.extensionLevel(), out);
    Varint.write(origin.rows(), out);
    Varint.write(origin.features().size(), out);
    for (int i = 0; i < origin.features().size(); i++) {
      out.writeUTF(origin.features().get(i));
      out.writeDouble(origin.constants()[i]);
    }
    StandardUnits units = forest.units();
    for (int i = 0; units != null && i < units.size(); i++) {
      out.writeDouble(units.center(i));
      out.writeDouble(units.spread(i));
    }
    TreesCodec.write(forest.trees(), out);
  }

  /**
   * The forest of bytes.
   *
   * @throws IOException when they are of a version this one does not know, cut off, damaged, or no
   *     forest; its message is one line that says which
   */
  public static IsolationForest read(byte[] bytes) throws IOException {
    if (bytes.length <= Integer.BYTES) {
      throw new IOException(
          "forest: must have a version and a checksum, had %d bytes".formatted(bytes.length));
    }
    if (bytes[0] != VERSION) {
      throw new IOException(
          "forest: version must be %d, was %d; written by another version of Tidewatch"
              .formatted(VERSION, bytes[0] & 0xFF));
    }
    int end = bytes.length - Integer.BYTES;
    if (ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
      throw new IOException(
          "forest: checksum must be that of the bytes before it, was not; %d bytes are cut off or damaged"
              .formatted(bytes.length));
    }
    ByteArrayInputStream stream = new ByteArrayInputStream(bytes, 1, end - 1);
    try {
      IsolationForest forest = read(new DataInputStream(stream));
      if (stream.available() > 0) {
        throw new IOException(
            "forest: must end with its trees, had %d bytes more".formatted(stream.available()));
      }
      return forest;
    } catch (EOFException e) {
      throw new IOException("forest: must not end within a tree, did", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("forest: " + e.getMessage(), e);
    }
  }

  private static IsolationForest read(DataInput in) throws IOException {
    String engine = in.readUTF();
    long seed = in.readLong();
    ForestSettings settings =
        new ForestSettings(whole("trees", in), whole("sample rows", in), whole("level", in), seed);
    int rows = whole("rows", in);
    int count = whole("features", in);
    if (rows < 2 || count > TrainingRows.MAX_FEATURES) {
      throw new IOException(
          "forest: must be of 2 rows or more and at most %d features, was of %d and %d"
              .formatted(TrainingRows.MAX_FEATURES, rows, count));
    }
    List<String> features = new ArrayList<>();
    double[] constants = new double[count];
    for (int i = 0; i < count; i++) {
      features.add(in.readUTF());
      constants[i] = in.readDouble();
      if (Double.isInfinite(constants[i])) {
        throw new IOException("forest: constant must be finite or NaN, was " + constants[i]);
      }
    }
    TrainingRows.requireFeatures(features);
    ForestOrigin origin =
        new ForestOrigin(engine, settings, List.copyOf(features), rows, constants);
    @Nullable StandardUnits units = settings.extensionLevel() == 0 ? null : readUnits(in, count);
    return new IsolationForest(origin, units, TreesCodec.read(in, origin, units));
  }

  private static StandardUnits readUnits(DataInput in, int count) throws IOException {
    double[] centers = new double[count];
    double[] spreads = new double[count];
    for (int i = 0; i < count; i++) {
      centers[i] = in.readDouble();
      spreads[i] = in.readDouble();
      if (!Double.isFinite(centers[i]) || !(spreads[i] > 0)) {
        throw new IOException(
            "forest: units must have a finite centre and a spread above 0, had %s and %s"
                .formatted(centers[i], spreads[i]));
      }
    }
    return new StandardUnits(centers, spreads);
  }

  private static int whole(String what, DataInput in) throws IOException {
    long value = Varint.read(in);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IOException("forest: %s must be 0 or more, were %d".formatted(what, value));
    }
    return (int) value;
  }

  private static int checksum(byte[] bytes, int end) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    return (int) crc.getValue();
  }
}
