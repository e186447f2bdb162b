package io.tidewatch.schemas.dataset;

import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.WindowSpec;
import org.jspecify.annotations.Nullable;

/**
 * Whence the windows of an answer on the command line are, and how they were made.
 *
 * @param origin what was read, when and by which code
 * @param model as it was used: fields, cleaning, window, features, time zone
 * @param label null when windows have none
 * @param records records of the devices and the range that were read and taken
 * @param rejected what was read and refused, as the dead-letter topic would have it
 * @param windows of all devices together, at least one
 */
public record FeatureMetadata(
    DatasetOrigin origin,
    TelemetryModel model,
    @Nullable DatasetLabel label,
    long records,
    long rejected,
    long windows) {

  public FeatureMetadata {
    if (records < 0 || rejected < 0 || windows < 1) {
      throw new IllegalArgumentException(
          "rows: must be ≥ 0 records and rejected and ≥ 1 windows, were %d, %d and %d"
              .formatted(records, rejected, windows));
    }
  }

  /** The share of a window that the next one has too, at least 0 and less than 1. */
  public double overlap() {
    if (model.window() instanceof PointWindowSpec points) {
      return share(points.size(), points.slide());
    }
    WindowSpec time = (WindowSpec) model.window();
    return share(time.sizeMs(), time.slideMs());
  }

  private static double share(long size, long slide) {
    return (double) (size - slide) / size;
  }
}
