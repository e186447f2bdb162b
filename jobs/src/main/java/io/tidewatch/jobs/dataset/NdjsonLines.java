package io.tidewatch.jobs.dataset;

import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.event.DeviceTelemetry;

/** One message of the telemetry job a line, read by its decoder. */
record NdjsonLines(MessageDecoder<DeviceTelemetry> decoder) implements StoredLines {

  @Override
  public boolean hasHeader() {
    return false;
  }

  @Override
  public void begin(byte[] header) {
    // each line stands for itself
  }

  @Override
  public Decoded<KnownTelemetry> decode(byte[] line) {
    Decoded<DeviceTelemetry> decoded = decoder.decode(line);
    return decoded instanceof Decoded.Ok<DeviceTelemetry> ok
        ? new Decoded.Ok<>(new KnownTelemetry(ok.value(), KnownTelemetry.UNKNOWN))
        : refused((Decoded.Refused<DeviceTelemetry>) decoded);
  }

  private static Decoded<KnownTelemetry> refused(Decoded.Refused<DeviceTelemetry> refused) {
    return new Decoded.Refused<>(refused.reason(), refused.detail());
  }
}
