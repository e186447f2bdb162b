package io.tidewatch.udfs.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.udfs.KeyedRun;
import java.time.Duration;
import org.apache.flink.api.java.functions.KeySelector;
import org.junit.jupiter.api.Test;

/**
 * What only the second phase does; both together are in {@link PreAggregateOperatorHarnessTest}.
 */
class PaneWindowOfPartialsHarnessTest {
  private static final WindowSpec FIVE_BY_ONE =
      new WindowSpec(Duration.ofSeconds(5), Duration.ofSeconds(1));
  private static final EndpointKey KEY = new EndpointKey("s", "/e", "GET");

  private final Subject<EndpointKey, ApiLatency, LatencyWindow> latency =
      Subject.latency(FIVE_BY_ONE);
  private final PaneWindowOperator<
          EndpointKey,
          WindowInput<EndpointKey, ApiLatency, LatencyPane>,
          ApiLatency,
          LatencyPane,
          LatencyWindow>
      operator =
          PaneWindowOperator.ofPartials(
              new LatencyAggregate(FIVE_BY_ONE),
              LatencyPanesSerializer.INSTANCE,
              latency.lateTag(),
              Duration.ZERO,
              Subject.PLENTY);
  private final KeySelector<WindowInput<EndpointKey, ApiLatency, LatencyPane>, EndpointKey> key =
      ofInput(latency.key());

  private static KeySelector<WindowInput<EndpointKey, ApiLatency, LatencyPane>, EndpointKey>
      ofInput(KeySelector<ApiLatency, EndpointKey> ofRecord) {
    return input -> input.key(ofRecord);
  }

  @Test
  void mergesPartialsAndRecordsOfAPane() throws Exception {
    try (var run = new KeyedRun<>(operator, key, latency.keyType())) {
      run.add(partial(10_000, 3), 10_000);
      run.add(WindowInput.record(request(10_500)), 10_500);
      run.add(partial(10_000, 2), 10_000);
      run.watermark(60_000);
      assertThat(run.results()).hasSize(5).allMatch(result -> result.count() == 6);
      assertThat(run.stateEntries()).isZero();
      assertThat(run.timers()).isZero();
    }
  }

  @Test
  void countsAPartialThatShouldNotHaveBeen() throws Exception {
    try (var run = new KeyedRun<>(operator, key, latency.keyType())) {
      run.watermark(10_999);
      run.add(partial(10_000, 3), 10_000);
      run.watermark(60_000);
      assertThat(run.results()).isEmpty();
      assertThat(run.counter("tidewatch.late_partials_total")).isEqualTo(1);
    }
  }

  @Test
  void goesOnWithTheStateOfOnePhaseAndBack() throws Exception {
    try (var before = latency.start()) {
      before.add(request(10_500), 10_500);
      before.watermark(10_999);
      try (var two = before.goOnWith(operator, key)) {
        two.add(WindowInput.record(request(10_600)), 10_600);
        two.add(partial(11_000, 2), 11_000);
        two.watermark(11_999);
        assertThat(two.side(latency.lateTag())).containsExactly(request(10_600));
        assertThat(two.results()).extracting(LatencyWindow::count).containsExactly(3L);
        try (var after = two.goOnWith(latency.operator(), latency.key())) {
          after.add(request(12_500), 12_500);
          after.watermark(60_000);
          assertThat(after.results())
              .extracting(LatencyWindow::count)
              .containsExactly(4L, 4L, 4L, 3L, 1L);
        }
      }
    }
  }

  private static WindowInput<EndpointKey, ApiLatency, LatencyPane> partial(
      long startMs, int requests) {
    LatencyPane pane = new LatencyPane();
    for (int i = 0; i < requests; i++) {
      pane.add(5, 200);
    }
    return WindowInput.partial(KEY, startMs, pane);
  }

  private static ApiLatency request(long timeMs) {
    return new ApiLatency("s", "/e", "GET", 200, 5, timeMs, null);
  }
}
