package io.tidewatch.benchmarks.keys;

/**
 * What there was at one moment of a run, while its source stood still.
 *
 * @param name when
 * @param census what lived, from a savepoint
 * @param heapBytes after a collection
 * @param residentBytes memory of the process as the system sees it; 0 where it does not tell
 * @param checkpointBytes size of a checkpoint taken then; 0 where there was none
 * @param estimatedKeys what RocksDB takes the number of entries for, timers too; up to 5 s old; 0
 *     on the heap
 * @param fileBytes of RocksDB's files, with what is deleted in them; up to 5 s old; 0 on the heap
 * @param windows emitted so far
 */
public record Moment(
    String name,
    Census census,
    long heapBytes,
    long residentBytes,
    long checkpointBytes,
    long estimatedKeys,
    long fileBytes,
    long windows) {

  /** Keys and timers that live. */
  long entries() {
    return census.keys() + census.timers();
  }
}
