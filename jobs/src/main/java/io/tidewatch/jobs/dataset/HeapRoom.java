package io.tidewatch.jobs.dataset;

/**
 * Of how many rows this process can hold what it must. Asked before it tries, because an {@code
 * OutOfMemoryError} names no key.
 */
final class HeapRoom {
  /** The other half is for the row groups of two Parquet files that are written and one read. */
  private static final int SHARE = 2;

  /** Of each row its end, its part, and one column in the copies that its statistics need. */
  static final long OF_COLUMNS = 8 + 1 + 5 * 8;

  private HeapRoom() {}

  /** What this process may have. */
  static long ofProcess() {
    return Runtime.getRuntime().maxMemory();
  }

  /**
   * Of each row of an answer: objects, and a value as such and as up to 24 characters, three times.
   */
  static long ofAnswer(int columns) {
    return 600 + 80L * columns;
  }

  /**
   * @param bytesARow one of the above
   * @param heapBytes what the process may have
   * @throws io.tidewatch.jobs.config.ConfigException when there are too many rows, with both
   *     numbers
   */
  static void require(long rows, long bytesARow, long heapBytes, DatasetFiles files) {
    long most = Math.min(heapBytes / SHARE / bytesARow, Integer.MAX_VALUE / 2);
    if (rows > most) {
      throw files.refused(
          "from, to: must hold at most %d windows for a heap of %d MiB, held %d; narrow them, or give this process a larger heap (-Xmx)"
              .formatted(most, heapBytes >> 20, rows));
    }
  }
}
