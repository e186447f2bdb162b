package io.tidewatch.jobs.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BisectionTest {
  private final Set<Integer> stored = new TreeSet<>();
  private final Map<Integer, String> refused = new LinkedHashMap<>();
  private int statements;

  @Test
  void aBatchWithoutFaultIsOneStatement() throws Exception {
    assertThat(write(rows(500), Set.of())).isZero();

    assertThat(statements).isEqualTo(1);
    assertThat(stored).hasSize(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 249, 250, 251, 311, 498, 499})
  void oneBadRowOfFiveHundredCostsTenStatementsMore(int bad) throws Exception {
    assertThat(write(rows(500), Set.of(bad))).isEqualTo(1);

    assertThat(refused).containsExactly(Map.entry(bad, "bad " + bad));
    assertThat(stored).hasSize(499).doesNotContain(bad);
    assertThat(statements).isLessThanOrEqualTo(1 + 10);
  }

  @Test
  void aSingleRowIsRefusedAtOnce() throws Exception {
    assertThat(write(rows(1), Set.of(0))).isEqualTo(1);

    assertThat(statements).isEqualTo(1);
  }

  @Test
  void whereAllAreBadEachIsRefusedForItsOwnReason() throws Exception {
    write(rows(9), Set.copyOf(rows(9)));

    assertThat(stored).isEmpty();
    assertThat(refused)
        .hasSize(9)
        .allSatisfy((row, why) -> assertThat(why).isEqualTo("bad " + row));
  }

  @Test
  void storesExactlyTheGoodRowsOfAnyMixture() throws Exception {
    Random random = new Random(42);
    for (int run = 0; run < 500; run++) {
      stored.clear();
      refused.clear();
      List<Integer> rows = rows(1 + random.nextInt(100));
      Set<Integer> bad =
          rows.stream()
              .filter(row -> random.nextInt(1 + rows.size()) < 4)
              .collect(Collectors.toSet());

      int count = write(rows, bad);

      assertThat(count).isEqualTo(bad.size());
      assertThat(refused.keySet()).isEqualTo(bad);
      assertThat(refused).allSatisfy((row, why) -> assertThat(why).isEqualTo("bad " + row));
      Set<Integer> good = new TreeSet<>(rows);
      good.removeAll(bad);
      assertThat(stored).isEqualTo(good);
    }
  }

  /** Tells of the first bad row, as a database does. */
  private int write(List<Integer> rows, Set<Integer> bad) throws Exception {
    return Bisection.write(
        rows,
        batch -> {
          statements++;
          for (int row : batch) {
            if (bad.contains(row)) {
              return new SQLException("bad " + row);
            }
          }
          for (int row : batch) {
            assertThat(stored.add(row)).as("stored once").isTrue();
          }
          return null;
        },
        (row, reason) -> refused.put(row, reason.getMessage()));
  }

  private static List<Integer> rows(int count) {
    return new ArrayList<>(IntStream.range(0, count).boxed().toList());
  }
}
