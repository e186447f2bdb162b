package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaneTableTest {
  private static final long END_MS = 11_000;

  /** A key whose hash is chosen. */
  private record Key(int id, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && that.id == id;
    }
  }

  /** Masks leave so few hashes that several keys share one, down to all. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0xFF, 0xFF << 24, 1, 0})
  void findsWhatAMapFinds(int mask) {
    Random random = new Random(mask);
    PaneTable<Key, String> table = new PaneTable<>(END_MS);
    Map<Integer, String> map = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      int id = random.nextInt(1_000);
      Key key = new Key(id, Integer.reverse(id) * 31 + id & mask);
      int at = table.find(key);
      assertThat(at < 0 ? null : table.get(at)).isEqualTo(map.get(id));
      if (at < 0) {
        table.add(key, 10_000 + id, "pane " + id);
        map.put(id, "pane " + id);
      }
    }
    assertThat(table.size()).isEqualTo(map.size());
    for (int i = 0; i < table.size(); i++) {
      int id = table.key(i).id();
      assertThat(table.startMs(i)).isEqualTo(10_000 + id);
      assertThat(table.get(i)).isEqualTo("pane " + id);
    }
  }

  @Test
  void keepsPanesInTheOrderInWhichTheyCame() {
    PaneTable<Integer, String> table = new PaneTable<>(END_MS);
    for (int key = 100; key > 0; key--) {
      table.add(key, 10_000, "pane");
    }
    for (int i = 0; i < 100; i++) {
      assertThat(table.key(i)).isEqualTo(100 - i);
    }
  }

  @Test
  void mayHoldRecordsFromItsEarliestStartToItsEnd() {
    PaneTable<Integer, String> table = new PaneTable<>(END_MS);
    assertThat(table.mayHold(10_999)).as("it is empty").isFalse();
    table.add(1, 10_500, "half a second");
    assertThat(table.mayHold(10_499)).isFalse();
    table.add(2, 10_000, "a second");
    table.add(3, 10_500, "half a second");
    assertThat(table.mayHold(9_999)).isFalse();
    assertThat(table.mayHold(10_000)).isTrue();
    assertThat(table.mayHold(10_999)).isTrue();
    assertThat(table.mayHold(11_000)).isFalse();
  }
}
