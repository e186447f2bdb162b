package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class PointBufferTest {
  private final PointBuffer<String, String> buffer = new PointBuffer<>(4);
  private final List<String> passed = new ArrayList<>();

  @Test
  void handsOnWhatTheWatermarkHasPassedKeyByKeyInOrderOfTime() {
    buffer.add("a", "a3", 3);
    buffer.add("b", "b2", 2);
    buffer.add("a", "a1", 1);
    buffer.add("a", "a9", 9);
    buffer.flushPassed(3, this::pass);
    assertThat(passed).containsExactly("a {1=[a1], 3=[a3]}", "b {2=[b2]}");
    assertThat(buffer.records()).isOne();
    buffer.flush(this::pass);
    assertThat(passed).last().isEqualTo("a {9=[a9]}");
    assertThat(buffer.records()).isZero();
  }

  @Test
  void keepsRecordsOfOneTimeTogether() {
    buffer.add("a", "one", 5);
    buffer.add("a", "later", 6);
    buffer.add("a", "two", 5);
    buffer.flushPassed(5, this::pass);
    assertThat(passed).containsExactly("a {5=[one, two]}");
    assertThat(buffer.records()).isOne();
  }

  @Test
  void nothingPassesBeforeTheEarliest() {
    buffer.add("a", "a5", 5);
    buffer.flushPassed(4, this::pass);
    assertThat(passed).isEmpty();
    buffer.add("b", "b3", 3);
    buffer.flushPassed(4, this::pass);
    buffer.flushPassed(4, this::pass);
    buffer.flushPassed(5, this::pass);
    assertThat(passed).containsExactly("b {3=[b3]}", "a {5=[a5]}");
  }

  @Test
  void isFullOfRecordsNotOfKeys() {
    buffer.add("a", "1", 1);
    buffer.add("a", "2", 1);
    buffer.add("a", "3", 2);
    assertThat(buffer.isFull()).isFalse();
    buffer.add("b", "4", 1);
    assertThat(buffer.isFull()).isTrue();
    buffer.flushPassed(1, this::pass);
    assertThat(buffer.isFull()).isFalse();
    assertThat(buffer.records()).isOne();
  }

  @Test
  void noRoomAtAllIsRefused() {
    assertThatThrownBy(() -> new PointBuffer<String, String>(0))
        .hasMessage("max_records: must be ≥ 1, was 0");
  }

  private void pass(String key, SortedMap<Long, List<String>> points) {
    passed.add(key + " " + points);
  }
}
