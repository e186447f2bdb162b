package io.tidewatch.analytics.quantile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.window.MovingWindow;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MovingLatencyTest {
  private static final int SLIDE_MS = 10;

  @Test
  void isTheMergeOfThePanesInTheWindowAndDoesNotDependOnTheWindowsBefore() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      long sizeMs = (long) SLIDE_MS * (1 + random.nextInt(9));
      int requests = 1 + random.nextInt(60);
      MovingWindow<LatencyPane> moving = moving(sizeMs);
      Panes<LatencyPane> panes = new Panes<>();
      for (long endMs = -200; endMs < 2_000; endMs += SLIDE_MS) {
        if (random.nextInt(4) > 0) {
          panes.insert(endMs - SLIDE_MS, pane(random, requests));
        }
        long startMs = endMs - sizeMs;
        LatencyPane actual = moving.at(panes, startMs, endMs);
        LatencyPane anew = moving(sizeMs).at(panes, startMs, endMs);
        LatencyPane naive = new LatencyPane();
        for (int i = 0; i < panes.size(); i++) {
          naive.merge(panes.get(i));
        }
        if (naive.count() == 0) {
          assertThat(actual).isNull();
        } else {
          assertThat(actual).as("seed %d, end %d", seed, endMs).hasToString(anew.toString());
          assertThat(actual.sketch().toBytes()).isEqualTo(naive.sketch().toBytes());
          assertThat(actual.errors()).isEqualTo(naive.errors());
          assertThat(actual.sumMs()).isEqualTo(naive.sumMs());
          assertThat(actual.meanMs()).isEqualTo(naive.meanMs());
          assertThat(actual.traceIds()).isEqualTo(naive.traceIds());
          assertThat(actual.meanMs()).isLessThanOrEqualTo(actual.maxMs());
        }
        moving.leave(panes, startMs + SLIDE_MS);
        panes.dropBefore(startMs + SLIDE_MS);
      }
    }
  }

  /**
   * 10⁸ requests pass through a window of 60 panes. Durations are whole 1024ths, so that the exact
   * sum is a long.
   */
  @Test
  void neitherSumNorCountsDriftOverAHundredMillionRequests() {
    Random random = new Random(17);
    int kinds = 997;
    int requests = 1_000;
    int overlap = 60;
    LatencyPane[] kind = new LatencyPane[kinds];
    long[] sum1024ths = new long[kinds];
    for (int k = 0; k < kinds; k++) {
      kind[k] = new LatencyPane();
      for (int i = 0; i < requests; i++) {
        long duration1024ths = (long) (1024 * Math.exp(3 + 4 * random.nextGaussian()));
        kind[k].add(duration1024ths / 1024.0, 200);
        sum1024ths[k] += duration1024ths;
      }
    }
    MovingWindow<LatencyPane> moving = moving(overlap);
    Panes<LatencyPane> panes = new Panes<>();
    long exact1024ths = 0;
    for (int endMs = 1; (endMs - 1L) * requests < 100_000_000; endMs++) {
      panes.insert(endMs - 1, kind[endMs % kinds]);
      exact1024ths += sum1024ths[endMs % kinds];
      exact1024ths -= endMs > overlap ? sum1024ths[(endMs - overlap) % kinds] : 0;
      LatencyPane window = moving.at(panes, endMs - overlap, endMs);
      double exactMs = exact1024ths / 1024.0;
      assertThat(window.sumMs()).isEqualTo(exactMs);
      assertThat(window.count()).isEqualTo((long) Math.min(overlap, endMs) * requests);
      if (endMs % 1_000 == 0) {
        LatencyPane naive = new LatencyPane();
        for (int i = 0; i < panes.size(); i++) {
          naive.merge(panes.get(i));
        }
        assertThat(window.sketch().toBytes()).isEqualTo(naive.sketch().toBytes());
      }
      moving.leave(panes, endMs - overlap + 1);
      panes.dropBefore(endMs - overlap + 1);
    }
  }

  private static MovingWindow<LatencyPane> moving(long sizeMs) {
    WindowSpec window = new WindowSpec(Duration.ofMillis(sizeMs), Duration.ofMillis(1));
    return new LatencyAggregate(window).moving(new EndpointKey("shop", "/", "GET"));
  }

  private static LatencyPane pane(Random random, int atMost) {
    LatencyPane pane = new LatencyPane();
    for (int i = random.nextInt(atMost); i >= 0; i--) {
      double durationMs = random.nextInt(9) == 0 ? 0 : Math.exp(4 * random.nextGaussian());
      String traceId = random.nextInt(3) == 0 ? null : "t" + random.nextInt(100);
      pane.add(durationMs, random.nextInt(5) == 0 ? 500 : 200, traceId);
    }
    return pane;
  }
}
