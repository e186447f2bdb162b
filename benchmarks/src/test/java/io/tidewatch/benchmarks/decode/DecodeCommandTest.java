package io.tidewatch.benchmarks.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.benchmarks.JmhFrame;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.decode.DecodeReport.Cost;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecodeCommandTest {
  private static final List<Cost> COSTS =
      List.of(
          new Cost(MessageKind.LATENCY, DecoderKind.TIDEWATCH_JSON, 500, 10, 745),
          new Cost(MessageKind.LATENCY, DecoderKind.FASTJSON2, 250, Double.NaN, 300));

  @ParameterizedTest
  @EnumSource
  void everyDecoderReadsAllMessages(DecoderKind decoder) throws IOException {
    for (MessageKind kind : MessageKind.values()) {
      MessageReader reader = decoder.reader(kind);
      for (byte[] message : decoder.messages(kind)) {
        assertThat(reader.read(message)).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theJobsDecoderTakesNoBadInput(BadInput input) throws IOException {
    assertThat(DecoderKind.TIDEWATCH_JSON.reader(MessageKind.LATENCY).read(BadInput.good()))
        .isNotNull();
    assertThat(input.message()).isNotEqualTo(BadInput.good());
    assertThat(input.isTakenBy(DecoderKind.TIDEWATCH_JSON)).isFalse();
  }

  @Test
  void reportPutsWhatWasMeasuredIntoTables() {
    String text =
        new DecodeReport(
                COSTS,
                new JmhFrame(
                    new Machine("2026-11-21", "some machine"), "tidewatch bench decode", 1, 2))
            .text();

    assertThat(text)
        .contains("`tidewatch bench decode`", "some machine", "Load average 1.0")
        .containsPattern("\\| `TIDEWATCH_JSON` \\| 500 ± 10 \\| 1\\.00 \\| 745 \\| \\d+ \\|")
        .containsPattern("\\| `FASTJSON2` \\| 250 \\| 0\\.50 \\| 300 \\| \\d+ \\|")
        .contains("| Field twice | refused |")
        .contains("- `TIDEWATCH_AVRO`")
        .doesNotContain("| `TIDEWATCH_AVRO` | `AVRO_GENERIC` |");
  }

  @Test
  void jsonIsOneLine() throws IOException {
    assertThat(DecodeCommand.json(COSTS))
        .doesNotContain("\n")
        .startsWith("{\"ok\":true,\"bench\":\"decode\"")
        .contains("\"nanos\":500.0");
  }
}
