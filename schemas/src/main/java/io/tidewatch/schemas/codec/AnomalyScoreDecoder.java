package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.derived.AnomalyScore;
import org.jspecify.annotations.Nullable;

/**
 * Anomaly scores from JSON, {@code json/anomaly-score.v1.schema.json}, as the anomaly job writes
 * them. Messages of at most 1 MiB.
 *
 * <ul>
 *   <li>The fields may stand in any order, each at most once; unknown ones are skipped. All are
 *       required but {@code score}, {@code threshold}, {@code suppressed}, {@code expected}, {@code
 *       lower}, {@code upper}, {@code model_version} and the figures of {@code context_24h}, where
 *       null and absent are the same: there is none, {@code NaN}.
 *   <li>{@code suppressed}, {@code severity} and {@code state}: one of the constants, by their
 *       names in lower case; another one is refused.
 *   <li>{@code model}, {@code metric}, {@code model_version} and the keys of {@code attribution}:
 *       text of 1 to {@value #MAX_NAME_CHARS} characters without U+0000 to U+001F; {@code entity}
 *       of up to {@value #MAX_ENTITY_CHARS}.
 *   <li>{@code score}, {@code threshold} and each of at most {@value #MAX_SHARES} shares: 0 to 1.
 *       {@code window_end_ms} is after {@code window_start_ms}, counts and {@code revision} are not
 *       negative.
 * </ul>
 */
public final class AnomalyScoreDecoder implements MessageDecoder<AnomalyScore> {
  private static final long serialVersionUID = 1;

  static final int MAX_NAME_CHARS = 256;

  /** Method, service and endpoint, whose spaces are written as three characters. */
  static final int MAX_ENTITY_CHARS = 4_096;

  /** More features than a model lists. */
  static final int MAX_SHARES = 4_096;

  @Override
  public Decoded<AnomalyScore> decode(byte @Nullable [] bytes) {
    return JsonMessage.decode(
        bytes,
        AdmittedBytes.DEFAULT_MAX,
        (parser, admitted) -> new AnomalyScoreReader(parser).read());
  }
}
