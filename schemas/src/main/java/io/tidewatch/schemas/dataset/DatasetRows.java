package io.tidewatch.schemas.dataset;

/**
 * What became of what was read.
 *
 * @param records records of the data set's devices and time that were read and taken
 * @param rejected what was read and refused, as the dead-letter topic would have it
 * @param train rows of train: windows of a device
 * @param validation rows of validation
 * @param embargo windows that are in neither, since they lie in the embargo
 */
public record DatasetRows(long records, long rejected, long train, long validation, long embargo) {

  public DatasetRows {
    if (Math.min(Math.min(records, rejected), Math.min(train, Math.min(validation, embargo))) < 0) {
      throw new IllegalArgumentException(
          "rows: must be ≥ 0, were records %d, rejected %d, train %d, validation %d, embargo %d"
              .formatted(records, rejected, train, validation, embargo));
    }
  }

  /** The rows of one part. */
  public long of(Part part) {
    return part == Part.TRAIN ? train : validation;
  }
}
