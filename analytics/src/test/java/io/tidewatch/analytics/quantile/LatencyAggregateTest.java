package io.tidewatch.analytics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyAggregateTest {
  private static final WindowSpec WINDOW =
      new WindowSpec(Duration.ofMinutes(1), Duration.ofSeconds(10));
  private static final EndpointKey KEY = new EndpointKey("shop", "/orders/{id}", "GET");

  private final LatencyAggregate aggregate = new LatencyAggregate(WINDOW);

  @Test
  void summarisesTheRequestsOfAllPanes() {
    LatencyPane first = aggregate.create(KEY);
    LatencyPane second = aggregate.create(KEY);
    for (int i = 1; i <= 100; i++) {
      aggregate.add(i % 2 == 0 ? first : second, request(i, i <= 5 ? 503 : 200));
    }
    LatencyPane merged = aggregate.create(KEY);
    aggregate.merge(merged, first);
    aggregate.merge(merged, second);

    assertThat(aggregate.window(KEY)).isEqualTo(WINDOW);
    LatencyWindow window = aggregate.result(KEY, 60_000, 120_000, merged);
    assertThat(window)
        .isEqualTo(
            new LatencyWindow(
                "shop",
                "/orders/{id}",
                "GET",
                60_000,
                120_000,
                100,
                100.0 / 60,
                5,
                5.0,
                50.5,
                window.p50Ms(),
                window.p90Ms(),
                window.p95Ms(),
                window.p99Ms(),
                100));
    assertThat(window.p50Ms()).isCloseTo(50, Percentage.withPercentage(1));
    assertThat(window.p90Ms()).isCloseTo(90, Percentage.withPercentage(1));
    assertThat(window.p95Ms()).isCloseTo(95, Percentage.withPercentage(1));
    assertThat(window.p99Ms()).isCloseTo(99, Percentage.withPercentage(1));
  }

  @Test
  void tellsTheTracesOfTheSlowestRequests() {
    LatencyPane pane = aggregate.create(KEY);
    for (int i = 1; i <= 9; i++) {
      String traceId = i == 8 ? null : "t" + i;
      aggregate.add(pane, new ApiLatency("shop", "/orders/{id}", "GET", 200, i, 60_000, traceId));
    }
    assertThat(aggregate.result(KEY, 60_000, 120_000, pane).traceIds())
        .containsExactly("t9", "t7", "t6");
    LatencyAggregate sketching = new LatencyAggregate(WINDOW, CarriedSketches.ALL);
    LatencyWindow sketched = sketching.result(KEY, 60_000, 120_000, pane);
    assertThat(sketched.revised(1).traceIds()).containsExactly("t9", "t7", "t6");
    assertThat(sketched.traced(List.of())).isNotEqualTo(sketched);
  }

  @Test
  void carriesTheSketchWhereItIsToldTo() throws IOException {
    LatencyPane pane = aggregate.create(KEY);
    pane.add(7, 200);
    pane.add(9, 200);
    LatencyWindow plain = aggregate.result(KEY, 60_000, 120_000, pane);
    assertThat(plain.sketch()).isEmpty();
    for (long endMs : new long[] {120_000, 130_000, -60_000, -50_000}) {
      boolean tiles = endMs % 60_000 == 0;
      assertThat(sketchBytes(CarriedSketches.NONE, endMs, pane)).isEmpty();
      assertThat(sketchBytes(CarriedSketches.TILING, endMs, pane).length > 0).isEqualTo(tiles);
      QuantileSketch read = StoredSketches.decode(sketchBytes(CarriedSketches.ALL, endMs, pane));
      assertThat(read.toBytes()).isEqualTo(pane.sketch().toBytes());
    }
    assertThat(plain.sketched(StoredSketches.encode(pane.sketch())))
        .isEqualTo(
            new LatencyAggregate(WINDOW, CarriedSketches.ALL).result(KEY, 60_000, 120_000, pane))
        .isNotEqualTo(plain);
  }

  private static byte[] sketchBytes(CarriedSketches sketches, long endMs, LatencyPane pane) {
    return new LatencyAggregate(WINDOW, sketches).result(KEY, endMs - 60_000, endMs, pane).sketch();
  }

  @Test
  void countsOnlyTheServicesOwnFailuresAsErrors() {
    LatencyPane pane = new LatencyPane();
    for (int status : new int[] {100, 200, 302, 400, 404, 429, 499, 500, 503, 599}) {
      pane.add(1, status);
    }
    assertThat(pane.errors()).isEqualTo(3);
  }

  @Test
  void sumsTheSameHoweverTheStreamIsCutIntoPanes() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      LatencyPane merged = new LatencyPane();
      LatencyPane pane = new LatencyPane();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < 5000; i++) {
        double durationMs = Math.exp(10 * random.nextGaussian());
        exact = exact.add(new BigDecimal(durationMs));
        pane.add(durationMs, 200);
        if (random.nextInt(50) == 0) {
          merged.merge(pane);
          pane = new LatencyPane();
        }
      }
      merged.merge(pane);
      assertThat(merged.sumMs()).isCloseTo(exact.doubleValue(), Percentage.withPercentage(1e-10));
    }
  }

  @Test
  void theMeanNeverExceedsTheMaxEvenWhenTheSumOverflows() {
    LatencyPane pane = new LatencyPane();
    pane.add(Double.MAX_VALUE, 200);
    pane.add(Double.MAX_VALUE, 200);
    assertThat(pane.sumMs()).isInfinite();
    assertThat(pane.meanMs()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void anEmptyPaneHasNoMean() {
    assertThat(new LatencyPane().meanMs()).isNaN();
    assertThat(new LatencyPane().maxMs()).isNaN();
    assertThat(new LatencyPane().sumMs()).isZero();
  }

  @Test
  void mergesWithItselfAndCopiesIndependently() {
    LatencyPane pane = new LatencyPane();
    pane.add(3, 500);
    LatencyPane copy = pane.copy();
    pane.merge(pane);
    assertThat(pane).hasToString("LatencyPane[errors=2 sum=6.0 " + pane.sketch() + " slowest=[]]");
    assertThat(copy.count()).isEqualTo(1);
  }

  @Test
  void staysAsItIsWhenADurationIsRefused() {
    LatencyPane pane = new LatencyPane();
    assertThatThrownBy(() -> pane.add(-1, 500)).isInstanceOf(IllegalArgumentException.class);
    assertThat(pane.count()).isZero();
    assertThat(pane.errors()).isZero();
  }

  private static ApiLatency request(double durationMs, int status) {
    return new ApiLatency("shop", "/orders/{id}", "GET", status, durationMs, 61_000, null);
  }
}
