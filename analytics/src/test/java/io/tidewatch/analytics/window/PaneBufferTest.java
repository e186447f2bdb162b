package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaneBufferTest {
  private static final long NONE = Long.MIN_VALUE;

  private final PaneBuffer<EndpointKey, ApiLatency, LatencyPane> buffer =
      new PaneBuffer<>(
          new LatencyAggregate(new WindowSpec(Duration.ofSeconds(5), Duration.ofSeconds(1))), 3);
  private final List<String> sent = new ArrayList<>();

  @Test
  void holdsOnePartialAKeyAndPane() {
    add("/a", 10_100, NONE);
    add("/a", 10_900, NONE);
    add("/a", 11_000, NONE);
    assertThat(buffer.partials()).isEqualTo(2);
    assertThat(buffer.isFull()).isFalse();
    add("/b", 10_000, NONE);
    assertThat(buffer.isFull()).isTrue();
    flush();
    assertThat(sent).containsExactlyInAnyOrder("/a 10000 2", "/b 10000 1", "/a 11000 1");
    assertThat(buffer.partials()).isZero();
  }

  @Test
  void sendsWhatTheWatermarkClosesInOrderOfTime() {
    add("/a", 12_000, NONE);
    add("/a", 10_000, NONE);
    add("/a", 11_000, NONE);
    assertThat(buffer.flushClosed(10_998, this::send)).isFalse();
    assertThat(buffer.flushClosed(11_999, this::send)).isTrue();
    assertThat(sent).containsExactly("/a 10000 1", "/a 11000 1");
    assertThat(buffer.partials()).isEqualTo(1);
  }

  @Test
  void refusesRecordsOfClosedPanes() {
    assertThat(buffer.add(key("/a"), request(10_999), 10_999, 10_998)).isTrue();
    assertThat(buffer.add(key("/a"), request(10_999), 10_999, 10_999)).isFalse();
    flush();
    assertThat(sent).containsExactly("/a 10000 1");
  }

  @Test
  void beginsAnewAfterAFlush() {
    add("/a", 10_000, NONE);
    flush();
    add("/a", 10_000, NONE);
    flush();
    assertThat(sent).containsExactly("/a 10000 1", "/a 10000 1");
  }

  @Test
  void namesAWrongSize() {
    assertThatThrownBy(
            () ->
                new PaneBuffer<>(
                    new LatencyAggregate(
                        new WindowSpec(Duration.ofSeconds(5), Duration.ofSeconds(1))),
                    0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max_partials: must be ≥ 1, was 0");
  }

  private void add(String endpoint, long timeMs, long watermarkMs) {
    assertThat(buffer.add(key(endpoint), request(timeMs), timeMs, watermarkMs)).isTrue();
  }

  private void flush() {
    buffer.flush(this::send);
  }

  private void send(EndpointKey key, long startMs, LatencyPane partial) {
    sent.add(key.endpoint() + " " + startMs + " " + partial.count());
  }

  private static EndpointKey key(String endpoint) {
    return new EndpointKey("s", endpoint, "GET");
  }

  private static ApiLatency request(long timeMs) {
    return new ApiLatency("s", "/e", "GET", 200, 5, timeMs, null);
  }
}
