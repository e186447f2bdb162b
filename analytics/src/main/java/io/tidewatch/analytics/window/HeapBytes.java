package io.tidewatch.analytics.window;

import java.util.Locale;

/**
 * How much heap something takes, in bytes, by the layout of objects in a 64-bit HotSpot below 32
 * GiB of heap: headers of 12 bytes, of 16 for an array, references of 4, sizes rounded up to 8. A
 * test holds what is computed so against real objects.
 *
 * @param typical of a busy series with ordinary values
 * @param worst whatever the values are
 */
public record HeapBytes(long typical, long worst) {
  private static final int HEADER = 12;
  private static final int ARRAY_HEADER = 16;
  private static final int ALIGNMENT = 8;
  private static final double STEP = 1024;
  private static final String UNITS = "KMGTPE";

  /** Bytes of a reference in a field or an array. */
  public static final int REFERENCE = 4;

  /** The same in both cases. */
  public static HeapBytes always(long bytes) {
    return new HeapBytes(bytes, bytes);
  }

  /** Bytes of an object without what it refers to; {@code fields} are those of its fields. */
  public static long ofObject(int fields) {
    return aligned(HEADER + (long) fields);
  }

  /** Bytes of an array of so many elements of so many bytes. */
  public static long ofArray(long length, int each) {
    return aligned(ARRAY_HEADER + length * each);
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  public HeapBytes plus(HeapBytes other) {
    return new HeapBytes(typical + other.typical, worst + other.worst);
  }

  public HeapBytes plus(long bytes) {
    return plus(always(bytes));
  }

  public HeapBytes times(long howMany) {
    return new HeapBytes(typical * howMany, worst * howMany);
  }

  /** For people, such as {@code 12.3 KiB}. */
  public static String text(double bytes) {
    double shown = bytes;
    int unit = -1;
    // What would be shown as 1024.0 is 1.0 of the next unit.
    for (; shown >= STEP - 0.05 && unit + 1 < UNITS.length(); unit++) {
      shown /= STEP;
    }
    return unit < 0
        ? "%.0f B".formatted(shown)
        : String.format(Locale.ROOT, "%.1f %siB", shown, UNITS.charAt(unit));
  }
}
