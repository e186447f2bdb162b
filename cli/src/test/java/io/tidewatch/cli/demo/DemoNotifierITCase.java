package io.tidewatch.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.embedded.EmbeddedKafka;
import io.tidewatch.schemas.codec.AlertEventCodec;
import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import io.tidewatch.testkit.TopicClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notifier of the demo, without the jobs. */
class DemoNotifierITCase {
  private static final Path CONF = Path.of(System.getProperty("tidewatch.root"), "flink-conf");

  @TempDir Path folder;

  @Test
  void showsTheFirstMailThatAnAlertMade() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        DemoNotifier notifier = new DemoNotifier(kafka.bootstrapServers(), CONF)) {
      DemoTopics.create(kafka);
      assertThat(notifier.told(true)).isEmpty();
      notifier.start();
      new TopicClient(kafka.bootstrapServers())
          .writeAll(
              List.of(
                  new ProducerRecord<>(
                      DemoTopics.ALERTS,
                      "f".getBytes(UTF_8),
                      new AlertEventCodec().encode(event()))));

      assertThat(notifier.told(true))
          .first()
          .asString()
          .matches("notifier told 1 by mail, [01] by webhook");
      assertThat(notifier.told(false))
          .contains(
              "  To          on-call@example.com",
              "  Subject     [FIRING 1] WeldingVibrationHigh weld-sim-03",
              "  FIRING  WeldingVibrationHigh",
              "    Vibration above 8 mm/s");
    }
  }

  private static AlertEvent event() {
    return new AlertEvent(
        "a1",
        "e1",
        "f1",
        "WeldingVibrationHigh",
        "0a1b2c3d",
        AlertStatus.FIRING,
        true,
        null,
        Map.of(
            "alertname",
            "WeldingVibrationHigh",
            "device_id",
            "weld-sim-03",
            "severity",
            "critical",
            "model",
            "welding"),
        Map.of("summary", "Vibration above 8 mm/s"),
        "vibration > 8",
        12.8,
        8.0,
        "vibration 12.8 > 8 held for PT5S",
        1_700_000_000_000L,
        1_700_000_005_000L,
        null,
        1_700_000_005_000L,
        null,
        Map.of(),
        List.of());
  }
}
