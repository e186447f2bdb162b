package io.tidewatch.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Test
  void countsWhatIsLostNotWantedAndWrongEachForItself() {
    Tally tally =
        Tally.of(
            Map.of("right", 1, "wrong", 2, "lost", 3, "lost too", 4),
            Map.of("right", 1, "wrong", 9, "invented", 5),
            (wanted, got) -> wanted.equals(got) ? null : "must be " + wanted + ", was " + got);

    assertThat(tally.wanted()).isEqualTo(4);
    assertThat(tally.got()).isEqualTo(3);
    assertThat(tally.lost()).isEqualTo(2);
    assertThat(tally.unexpected()).isEqualTo(1);
    assertThat(tally.wrong()).isEqualTo(1);
    assertThat(tally.isExact()).isFalse();
    assertThat(tally.examples())
        .contains("wrong: must be 2, was 9", "lost: lost", "invented: not wanted");
  }

  @Test
  void setsOfTheSameSizeAreNotTheSameSets() {
    assertThat(Tally.of(Map.of("a", 1), Map.of("b", 1), (wanted, got) -> null).isExact()).isFalse();
  }

  @Test
  void equalSetsAreExact() {
    assertThat(Tally.of(Map.of("a", 1), Map.of("a", 1), (wanted, got) -> null).isExact()).isTrue();
    assertThat(Tally.none().isExact()).isTrue();
  }

  @Test
  void saysOfManyMistakesOnlyAFew() {
    Map<Integer, Integer> many =
        IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> i, i -> i));

    Tally tally = Tally.of(many, Map.<Integer, Integer>of(), (wanted, got) -> null);

    assertThat(tally.lost()).isEqualTo(100);
    assertThat(tally.examples()).hasSize(5);
  }
}
