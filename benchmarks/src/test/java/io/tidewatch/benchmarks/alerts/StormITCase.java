package io.tidewatch.benchmarks.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.testkit.SharedStack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The runs of the benchmark on a small scale; each checks its own counts. */
@ExtendWith(SharedStack.class)
class StormITCase {
  private static final Path CONF = Path.of(System.getProperty("tidewatch.root"), "flink-conf");

  @TempDir Path folder;

  @Test
  void allAlertsOfAStormAreOnTheTopicAndAGroupHasOneMessageAnInterval(EmbeddedStack stack)
      throws Exception {
    StormResult result = new Storm(stack, CONF, folder, new StormSize(300, 2, 4)).run();

    assertThat(result.firing()).isEqualTo(300);
    assertThat(result.resolved()).isEqualTo(150);
    assertThat(result.groups()).isEqualTo(StormSize.GROUPS);
    assertThat(result.messages()).isBetween(20, 30);
    assertThat(result.firstSeconds()).isPositive().isLessThanOrEqualTo(result.lastSeconds());
  }

  @Test
  void eventsOfAPacedRunAreThoseThatTheReadingsMakeAndEachHasADelay(EmbeddedStack stack)
      throws Exception {
    PacedResult result = new PacedRun(stack, CONF, folder).run(2_000, 7, 6);

    assertThat(result.devices()).isEqualTo(200);
    assertThat(result.events()).isPositive();
    assertThat(result.p50Ms()).isPositive().isLessThanOrEqualTo(result.p99Ms());
    assertThat(result.maxMs()).isGreaterThanOrEqualTo(result.p99Ms());
  }
}
