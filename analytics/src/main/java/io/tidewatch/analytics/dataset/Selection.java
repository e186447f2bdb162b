package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.io.Serializable;
import java.util.TreeSet;

/**
 * Which readings and windows belong to a data set.
 *
 * <p>A window that begins before the range or ends behind it holds other records than the live job
 * saw in it, so it does not belong; neither does one that had not ended at {@code asOfMs}.
 *
 * @param model name of the telemetry model
 * @param devices their ids; empty for all
 * @param fromMs first event time, milliseconds since the epoch; {@link Long#MIN_VALUE} for all
 * @param toMs behind the last event time; {@link Long#MAX_VALUE} for all
 * @param asOfMs what came to be known later does not belong; {@link Long#MAX_VALUE} for all
 */
public record Selection(String model, TreeSet<String> devices, long fromMs, long toMs, long asOfMs)
    implements Serializable {

  /** What becomes of a reading. */
  public enum Verdict {
    SELECTED,
    OTHER_MODEL,
    OTHER_DEVICE,
    OUT_OF_RANGE,
    KNOWN_LATER
  }

  /** What becomes of a reading. */
  public Verdict judge(KnownTelemetry known) {
    DeviceTelemetry record = known.record();
    if (!record.model().equals(model)) {
      return Verdict.OTHER_MODEL;
    }
    if (!devices.isEmpty() && !devices.contains(record.deviceId())) {
      return Verdict.OTHER_DEVICE;
    }
    if (record.eventTimeMs() < fromMs || record.eventTimeMs() >= toMs) {
      return Verdict.OUT_OF_RANGE;
    }
    return known.knownMs() > asOfMs ? Verdict.KNOWN_LATER : Verdict.SELECTED;
  }

  /** Whether a window lies wholly inside. */
  public boolean holds(FeatureVector window) {
    return window.windowStartMs() >= fromMs
        && window.windowEndMs() <= toMs
        && window.windowEndMs() <= asOfMs;
  }
}
