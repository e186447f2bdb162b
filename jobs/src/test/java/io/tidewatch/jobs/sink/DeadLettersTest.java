package io.tidewatch.jobs.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.reject.MessageHeader;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadLettersTest {

  @Test
  void carriesTheMessageUnchangedAndItsOriginInTheHeaders() {
    byte[] key = {1, 0, (byte) 0xff};
    byte[] value = {(byte) 0xc3, 0x28};
    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.message(
            "in.dlq",
            new Rejected(
                "in",
                7,
                123_456_789_012L,
                1_700_000_000_000L,
                key,
                value,
                RejectReason.MALFORMED_JSON,
                "value: must be …, was 'ü'"));

    assertThat(letter.topic()).isEqualTo("in.dlq");
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.partition()).as("chosen by key").isNull();
    assertThat(headers(letter))
        .containsExactly(
            Map.entry("tidewatch-original-topic", "in"),
            Map.entry("tidewatch-original-partition", "7"),
            Map.entry("tidewatch-original-offset", "123456789012"),
            Map.entry("tidewatch-original-timestamp-ms", "1700000000000"),
            Map.entry("tidewatch-reason", "malformed_json"),
            Map.entry("tidewatch-detail", "value: must be …, was 'ü'"));
  }

  @Test
  void keepsTheHeadersOfTheMessageAndSaysOnlyWhatItsLastRefusalWas() {
    byte[] trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.message(
            "in.dlq",
            new Rejected(
                "in",
                0,
                9,
                -1,
                List.of(
                    new MessageHeader("traceparent", trace),
                    new MessageHeader("none", null),
                    new MessageHeader("traceparent", new byte[] {1}),
                    new MessageHeader(DeadLetters.REASON, "empty".getBytes(UTF_8))),
                null,
                new byte[] {1},
                RejectReason.MALFORMED_JSON,
                "detail"));

    assertThat(letter.headers().headers("traceparent"))
        .extracting(Header::value)
        .containsExactly(trace, new byte[] {1});
    assertThat(letter.headers().lastHeader("none").value()).isNull();
    assertThat(letter.headers().headers(DeadLetters.REASON))
        .singleElement()
        .extracting(header -> new String(header.value(), UTF_8))
        .isEqualTo("malformed_json");
  }

  @Test
  void carriesAMessageWithoutKeyOrValue() {
    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.message(
            "in.dlq", new Rejected("in", 0, 0, -1, null, null, RejectReason.NULL_VALUE, "null"));
    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
    assertThat(headers(letter)).containsEntry("tidewatch-original-timestamp-ms", "-1");
  }

  @ParameterizedTest
  @EnumSource(RejectReason.class)
  void namesTheReasonByItsCode(RejectReason reason) {
    assertThat(
            headers(
                DeadLetters.message(
                    "in.dlq", new Rejected("in", 0, 0, 0, null, null, reason, "detail"))))
        .containsEntry(DeadLetters.REASON, reason.code());
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
    Map<String, String> headers = new LinkedHashMap<>();
    letter
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return headers;
  }
}
