package io.tidewatch.jobs.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTableTest {

  private static ReadingTable of(String... fields) {
    return new ReadingTable(
        TelemetryModels.of(
            List.of(
                new TelemetryModel(
                    "kiln",
                    "of a test",
                    List.of(fields).stream()
                        .map(name -> new TelemetryField(name, "1", -1e6, 1e6))
                        .toList(),
                    UnknownFields.REJECT,
                    OutOfRange.MISSING,
                    new WindowSpec(Duration.ofSeconds(10), Duration.ofSeconds(1))))));
  }

  @Test
  void fieldsStandBetweenTheDeviceAndItsLabel() {
    assertThat(of("value", "load").columns("kiln"))
        .extracting(Column::name)
        .containsExactly("ts", "device_id", "value", "load", "label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts", "device_id", "label", "known_at", "model", "dt"})
  void aFieldOfTheNameOfAnotherColumnIsRefused(String name) {
    assertThatThrownBy(() -> of("value", name))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "kiln: fields.%s: must be another name where readings go to a sink, whose own columns"
                + " are ts, device_id, label, known_at, model, dt",
            name);
  }
}
