package io.tidewatch.jobs.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastPerKeyTest {

  @Test
  void keepsOneRowAKeyInTheOrderOfTheKeys() {
    assertThat(kept(row("a", 0, 1), row("b", 0, 2), row("a", 0, 3)))
        .containsExactly(row("a", 0, 3), row("b", 0, 2));
  }

  @Test
  void theHigherRevisionStaysWhateverComesLater() {
    assertThat(kept(row("a", 2, 1), row("a", 1, 9))).containsExactly(row("a", 2, 1));
    assertThat(kept(row("a", 1, 1), row("a", 2, 0))).containsExactly(row("a", 2, 0));
  }

  @Test
  void ofOneRevisionTheLaterOneStays() {
    assertThat(kept(row("a", 1, 5), row("a", 1, 6), row("a", 1, 4)))
        .containsExactly(row("a", 1, 4));
  }

  @Test
  void isEmptyAfterItWasDrained() {
    LastPerKey<TestRow> rows = new LastPerKey<>(TestRow.IDENTITY);
    rows.add(row("a", 0, 1));
    assertThat(rows.size()).isEqualTo(1);

    rows.drain();

    assertThat(rows.size()).isZero();
    assertThat(rows.drain()).isEmpty();
  }

  private static List<TestRow> kept(TestRow... rows) {
    LastPerKey<TestRow> buffer = new LastPerKey<>(TestRow.IDENTITY);
    Arrays.stream(rows).forEach(buffer::add);
    return buffer.drain();
  }

  private static TestRow row(String key, int revision, int value) {
    return new TestRow(key, revision, value);
  }
}
