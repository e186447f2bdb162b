package io.tidewatch.benchmarks.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.benchmarks.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithoutCheckpointsTest {
  @Test
  void startsTheSameAndTakesNoCheckpoints() {
    List<Setting> started = new ArrayList<>();
    Variant variant =
        new WithoutCheckpoints(
            new Variant() {
              @Override
              public String id() {
                return "some";
              }

              @Override
              public String what() {
                return "something";
              }

              @Override
              public Running start(Workload workload, Setting setting) {
                started.add(setting);
                throw new IllegalStateException("started");
              }
            });
    Setting setting = new Setting(2, Duration.ofSeconds(10), Path.of("folder"), Setting.DISK);

    assertThatThrownBy(() -> variant.start(null, setting)).hasMessage("started");
    assertThat(started)
        .containsExactly(new Setting(2, Duration.ZERO, Path.of("folder"), Setting.DISK));
    assertThat(variant.id()).isEqualTo("some-without-checkpoints");
    assertThat(variant.sparseSeconds(60)).isEqualTo(60);
    assertThat(variant.fullSeconds(60, 100)).isEqualTo(60);
  }
}
