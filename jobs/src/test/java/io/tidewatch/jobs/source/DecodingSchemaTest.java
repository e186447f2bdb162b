package io.tidewatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.clean.ClockGuard;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.reject.MessageHeader;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.udfs.decode.Inbound;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DecodingSchemaTest {
  private static final long BROKER_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final byte[] TRACE = {7, 0};
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);

  private final ApiLatencyCodec codec = new ApiLatencyCodec(1_000);
  private final DecodingSchema<ApiLatency> schema =
      new DecodingSchema<>(
          codec,
          ApiLatency::eventTimeMs,
          new ClockGuard(Duration.ofMinutes(5), Instant.parse("2000-01-01T00:00:00Z")),
          ApiLatency.class);

  @Test
  void decodesAMessage() {
    ApiLatency request = request(BROKER_MS);
    assertThat(decode(codec.encode(request))).isEqualTo(Inbound.of(request));
  }

  @Test
  void keepsARefusedMessageWithItsOriginAndItsBytes() {
    byte[] bytes = "{\"no\":".getBytes(StandardCharsets.UTF_8);
    Rejected rejected = decode(bytes).rejected();
    assertThat(rejected)
        .usingRecursiveComparison()
        .isEqualTo(
            new Rejected(
                "requests",
                3,
                77,
                BROKER_MS,
                List.of(new MessageHeader("traceparent", TRACE)),
                KEY,
                bytes,
                RejectReason.MALFORMED_JSON,
                rejected.detail()));
    assertThat(rejected.detail()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void refusesAMessageWithoutValue() {
    assertThat(decode(null).rejected().reason()).isEqualTo(RejectReason.NULL_VALUE);
    assertThat(decode(null).value()).isNull();
  }

  @Test
  void refusesAMessageThatIsTooLong() {
    assertThat(decode(new byte[1_001]).rejected().reason()).isEqualTo(RejectReason.TOO_LARGE);
  }

  @Test
  void holdsEventTimesAgainstTheTimeOfTheBroker() {
    long limitMs = BROKER_MS + Duration.ofMinutes(5).toMillis();
    assertThat(decode(codec.encode(request(limitMs))).rejected()).isNull();
    assertThat(decode(codec.encode(request(limitMs + 1))).rejected().reason())
        .isEqualTo(RejectReason.EVENT_TIME_AHEAD);
    byte[] inSeconds = codec.encode(request(BROKER_MS / 1_000));
    Rejected tooOld = decode(inSeconds).rejected();
    assertThat(tooOld.reason()).isEqualTo(RejectReason.EVENT_TIME_TOO_OLD);
    assertThat(tooOld.detail()).contains("looks like seconds");
    assertThat(tooOld.value()).isEqualTo(inSeconds);
  }

  @Test
  void canBeShippedToTheTaskManagers() throws Exception {
    assertThat(InstantiationUtil.clone(schema).getProducedType())
        .isEqualTo(Inbound.typeInfo(ApiLatency.class));
  }

  private Inbound<ApiLatency> decode(byte[] value) {
    List<Inbound<ApiLatency>> out = new ArrayList<>();
    schema.deserialize(
        new ConsumerRecord<>(
            "requests",
            3,
            77,
            BROKER_MS,
            TimestampType.LOG_APPEND_TIME,
            KEY.length,
            value == null ? -1 : value.length,
            KEY,
            value,
            new RecordHeaders().add("traceparent", TRACE),
            Optional.empty()),
        new Collector<>() {
          @Override
          public void collect(Inbound<ApiLatency> inbound) {
            out.add(inbound);
          }

          @Override
          public void close() {}
        });
    assertThat(out).as("one in, one out").hasSize(1);
    return out.get(0);
  }

  private static ApiLatency request(long timeMs) {
    return new ApiLatency("s", "/e", "GET", 200, 5, timeMs, null);
  }
}
