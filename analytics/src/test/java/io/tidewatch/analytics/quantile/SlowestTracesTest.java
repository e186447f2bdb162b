package io.tidewatch.analytics.quantile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlowestTracesTest {

  private record Request(double durationMs, String traceId) {}

  @Test
  void keepsTheTracesOfTheSlowestRequestsInWhateverOrderTheyComeAndHoweverTheyAreCut() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Request> requests = requests(random);
      List<String> wanted = naive(requests);
      assertThat(of(requests).ids()).as("seed %d", seed).isEqualTo(wanted);

      Collections.shuffle(requests, random);
      SlowestTraces merged = new SlowestTraces();
      for (int i = 0; i < requests.size(); ) {
        int end = Math.min(requests.size(), i + random.nextInt(6));
        merged.merge(of(requests.subList(i, end)));
        i = end;
      }
      assertThat(merged).as("seed %d", seed).isEqualTo(of(requests));
      assertThat(merged.ids()).isEqualTo(wanted);
    }
  }

  /** Few durations and few traces: many are alike. */
  private static List<Request> requests(Random random) {
    List<Request> requests = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      requests.add(new Request(random.nextInt(6), "t" + random.nextInt(8)));
    }
    return requests;
  }

  private static List<String> naive(List<Request> requests) {
    Map<String, Double> longest = new TreeMap<>();
    requests.forEach(each -> longest.merge(each.traceId(), each.durationMs(), Math::max));
    return longest.entrySet().stream()
        .sorted(Comparator.comparingDouble(each -> -each.getValue()))
        .limit(3)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static SlowestTraces of(List<Request> requests) {
    SlowestTraces traces = new SlowestTraces();
    requests.forEach(each -> traces.add(each.durationMs(), each.traceId()));
    return traces;
  }

  @Test
  void isTheSameOnlyWhereDurationsAndTracesAre() {
    SlowestTraces traces = of(List.of(new Request(3, "a"), new Request(2, "b")));
    assertThat(traces.copy()).isEqualTo(traces).hasSameHashCodeAs(traces);
    assertThat(of(List.of(new Request(3, "a"), new Request(1, "b")))).isNotEqualTo(traces);
    assertThat(of(List.of(new Request(3, "a"), new Request(2, "c")))).isNotEqualTo(traces);
    assertThat(of(List.of(new Request(3, "a")))).isNotEqualTo(traces);
  }
}
