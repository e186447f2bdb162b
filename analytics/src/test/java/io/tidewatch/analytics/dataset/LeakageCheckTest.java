package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.dataset.By;
import io.tidewatch.schemas.dataset.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeakageCheckTest {
  private static final long MINUTE = 60_000;

  @Test
  void namesTheDeviceAndTheTwoWindows() {
    LeakageCheck check = new LeakageCheck();
    check.add("press-1", 0, MINUTE, Part.TRAIN);
    assertThatThrownBy(() -> check.add("press-1", 59_999, 2 * MINUTE, Part.VALIDATION))
        .isInstanceOf(LeakageException.class)
        .hasMessage(
            "split: windows of train and validation must not overlap, were"
                + " [1970-01-01T00:00:00Z, 1970-01-01T00:01:00Z) in train and"
                + " [1970-01-01T00:00:59.999Z, 1970-01-01T00:02:00Z) in validation of device"
                + " 'press-1'");
  }

  @Test
  void findsTrainBehindValidationToo() {
    LeakageCheck check = new LeakageCheck();
    check.add("d", 0, MINUTE, Part.VALIDATION);
    assertThatThrownBy(() -> check.add("d", 1, MINUTE, Part.TRAIN))
        .isInstanceOf(LeakageException.class)
        .hasMessageContaining("Z) in validation and [")
        .hasMessageEndingWith("in train of device 'd'");
  }

  @Test
  void letsWindowsTouchAndOverlapThoseOfTheirOwnPart() {
    LeakageCheck check = new LeakageCheck();
    check.add("d", 0, MINUTE, Part.TRAIN);
    check.add("d", 30_000, 90_000, Part.TRAIN);
    check.add("d", 90_000, 150_000, Part.VALIDATION);
    check.add("d", 120_000, 180_000, Part.VALIDATION);
    assertThatCode(() -> check.add("d", 180_000, 240_000, Part.TRAIN)).doesNotThrowAnyException();
  }

  @Test
  void findsAWindowThatReachesOverLaterOnes() {
    LeakageCheck check = new LeakageCheck();
    check.add("d", 0, 10 * MINUTE, Part.TRAIN);
    check.add("d", MINUTE, 2 * MINUTE, Part.TRAIN);
    assertThatThrownBy(() -> check.add("d", 9 * MINUTE, 11 * MINUTE, Part.VALIDATION))
        .isInstanceOf(LeakageException.class)
        .hasMessageContaining("[1970-01-01T00:00:00Z, 1970-01-01T00:10:00Z) in train");
  }

  @Test
  void letsDevicesShareTimeAndTakeTurns() {
    LeakageCheck check = new LeakageCheck();
    check.add("a", MINUTE, 2 * MINUTE, Part.TRAIN);
    check.add("b", 0, 2 * MINUTE, Part.VALIDATION);
    check.add("a", 90_000, 3 * MINUTE, Part.TRAIN);
    assertThatCode(() -> check.add("b", MINUTE, 3 * MINUTE, Part.VALIDATION))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesWindowsOutOfOrderOrWithoutLength() {
    LeakageCheck check = new LeakageCheck();
    check.add("d", MINUTE, 2 * MINUTE, Part.TRAIN);
    assertThatThrownBy(() -> check.add("d", 59_999, MINUTE, Part.TRAIN))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "windows of device 'd': must come by start, was [1970-01-01T00:00:59.999Z,"
                + " 1970-01-01T00:01:00Z) behind a start at 1970-01-01T00:01:00Z");
    assertThatThrownBy(() -> check.add("d", 5, 5, Part.TRAIN))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("window: must end after its start, was [");
  }

  @Test
  void findsWhatComparingEachWithEachFinds() {
    int leaks = 0;
    for (int seed = 0; seed < 500; seed++) {
      List<Row> rows = randomRows(new Random(seed));
      boolean leaks1 = leaks(rows);
      assertThat(finds(rows)).as("seed %d", seed).isEqualTo(leaks1);
      leaks += leaks1 ? 1 : 0;
    }
    assertThat(leaks).as("both kinds are there").isBetween(50, 450);
  }

  @Test
  void findsNoLeakInASplitByTimeWhateverTheEmbargo() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Split split = new TimeSplit(random.nextInt(100), random.nextInt(10));
      assertThat(finds(rowsOf(split, 12, 3))).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void findsTheLeakInASplitAtRandomOfWindowsThatOverlap() {
    assertThat(finds(rowsOf(new RandomSplit(42, 0.3, By.WINDOW), 12, 3))).isTrue();
    assertThat(finds(rowsOf(new RandomSplit(42, 0.3, By.WINDOW), 12, 12))).isFalse();
    assertThat(finds(rowsOf(new RandomSplit(42, 0.3, By.DEVICE), 12, 3))).isFalse();
  }

  private record Row(String device, long startMs, long endMs, Part part) {}

  private static List<Row> rowsOf(Split split, long size, long slide) {
    List<Row> rows = new ArrayList<>();
    for (long start = 0; start < 120; start += slide) {
      for (String device : List.of("a", "b", "c", "d", "e")) {
        Part part = split.of(device, start, start + size);
        if (part != null) {
          rows.add(new Row(device, start, start + size, part));
        }
      }
    }
    return rows;
  }

  private static List<Row> randomRows(Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long start = random.nextInt(200);
      rows.add(
          new Row(
              "d" + random.nextInt(3),
              start,
              start + 1 + random.nextInt(12),
              Part.values()[random.nextInt(2)]));
    }
    rows.sort(Comparator.comparingLong(Row::startMs));
    return rows;
  }

  private static boolean leaks(List<Row> rows) {
    return rows.stream()
        .anyMatch(
            a ->
                rows.stream()
                    .anyMatch(
                        b ->
                            a.device().equals(b.device())
                                && a.part() != b.part()
                                && a.startMs() < b.endMs()
                                && b.startMs() < a.endMs()));
  }

  private static boolean finds(List<Row> rows) {
    LeakageCheck check = new LeakageCheck();
    try {
      rows.forEach(row -> check.add(row.device(), row.startMs(), row.endMs(), row.part()));
      return false;
    } catch (LeakageException leak) {
      return true;
    }
  }
}
