package io.tidewatch.analytics.decide;

import io.tidewatch.schemas.derived.Severity;
import io.tidewatch.schemas.derived.Suppression;
import org.jspecify.annotations.Nullable;

/**
 * What is decided of the score of a row.
 *
 * @param threshold it was held against
 * @param beyond whether it is above
 * @param severity of what is; {@code INFO} otherwise
 * @param suppressed why what is beyond is not told; null where nothing is suppressed
 */
public record RowVerdict(
    double threshold, boolean beyond, Severity severity, @Nullable Suppression suppressed) {

  /** Whether people should know of it. */
  public boolean anomaly() {
    return beyond && suppressed == null;
  }

  /** The same, but for what suppresses it. */
  public RowVerdict suppressedBy(@Nullable Suppression reason) {
    return new RowVerdict(threshold, beyond, severity, reason);
  }
}
