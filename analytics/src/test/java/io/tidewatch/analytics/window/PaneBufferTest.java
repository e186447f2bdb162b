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
  void keepsPanesOfOneEndApartThatBeginAtDifferentTimes() {
    PaneBuffer<String, Long, long[]> mixed = new PaneBuffer<>(new SlideInTheKey(), 100);
    for (long timeMs : new long[] {10_100, 10_900, 10_200, 11_300, 10_800}) {
      assertThat(mixed.add("500", timeMs, timeMs, NONE)).isTrue();
      assertThat(mixed.add("1000", timeMs, timeMs, NONE)).isTrue();
    }
    mixed.flush((key, startMs, pane) -> sent.add(key + " " + startMs + " " + pane[0]));
    assertThat(sent)
        .containsExactly(
            "500 10000 2", "1000 10000 4", "500 10500 2", "500 11000 1", "1000 11000 1");
  }

  /** Counts records; a key is the length of its slide. */
  private static final class SlideInTheKey implements WindowAggregate<String, Long, long[], Long> {
    private static final long serialVersionUID = 1;

    @Override
    public WindowSpec window(String key) {
      return new WindowSpec(Duration.ofSeconds(2), Duration.ofMillis(Long.parseLong(key)));
    }

    @Override
    public long[] create(String key) {
      return new long[1];
    }

    @Override
    public void add(long[] pane, Long record) {
      pane[0]++;
    }

    @Override
    public void merge(long[] into, long[] from) {
      into[0] += from[0];
    }

    @Override
    public Long result(String key, long startMs, long endMs, long[] merged) {
      return merged[0];
    }

    @Override
    public HeapBytes paneBytes(String key) {
      return HeapBytes.always(HeapBytes.ofArray(1, Long.BYTES));
    }

    @Override
    public AccumulatorCodec<long[]> codec() {
      throw new UnsupportedOperationException();
    }
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
