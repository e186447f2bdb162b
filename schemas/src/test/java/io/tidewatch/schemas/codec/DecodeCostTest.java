package io.tidewatch.schemas.codec;

import static io.tidewatch.schemas.codec.Samples.bytes;
import static io.tidewatch.schemas.codec.Samples.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Half of a pipeline is decoding: what a good message must not pay for. */
class DecodeCostTest {
  private static final int MESSAGES = 2_000;

  /** The parser alone takes some 700; one description of a rule more than all of this. */
  private static final long MOST_BYTES = 1_600;

  @Test
  void aGoodMessageBuildsNoDescriptionOfWhatWouldBeWrong() {
    assertThat(bytesADecode(new TelemetryCodec(Samples.MODELS), Samples.TELEMETRY_JSON))
        .isLessThan(MOST_BYTES);
    assertThat(bytesADecode(new ApiLatencyCodec(), Samples.LATENCY_JSON)).isLessThan(MOST_BYTES);
  }

  @Test
  void namesThatRepeatAreOneObject() {
    ApiLatencyCodec latency = new ApiLatencyCodec();
    ApiLatency one = ok(latency.decode(bytes(Samples.LATENCY_JSON)));
    ApiLatency other = ok(latency.decode(bytes(Samples.LATENCY_JSON)));
    assertThat(one.service()).isSameAs(other.service());
    assertThat(one.endpoint()).isSameAs(other.endpoint());
    assertThat(one.method()).isSameAs(other.method());

    TelemetryCodec telemetry = new TelemetryCodec(Samples.MODELS);
    DeviceTelemetry reading = ok(telemetry.decode(bytes(Samples.TELEMETRY_JSON)));
    assertThat(reading.deviceId())
        .isSameAs(ok(telemetry.decode(bytes(Samples.TELEMETRY_JSON))).deviceId());
  }

  private static long bytesADecode(MessageDecoder<?> decoder, String message) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] bytes = bytes(message);
    for (int i = 0; i < MESSAGES; i++) {
      ok(decoder.decode(bytes));
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MESSAGES; i++) {
      ok(decoder.decode(bytes));
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / MESSAGES;
  }
}
