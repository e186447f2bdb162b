package io.tidewatch.udfs.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.endpoint.EndpointRules;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.udfs.UnkeyedRun;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.junit.jupiter.api.Test;

class EndpointLimitFunctionHarnessTest {
  private static final String OTHERS = "tidewatch.endpoints_other_total";
  private static final String ADMITTED = "tidewatch.endpoints";
  private static final Duration DAY = Duration.ofDays(1);
  private static final EndpointRules TWO = new EndpointRules(true, 2, 2, DAY);

  @Test
  void templatesRawPathsAndChangesNothingElse() throws Exception {
    try (UnkeyedRun<ApiLatency, ApiLatency> run = start(TWO, 1)) {
      ApiLatency raw = new ApiLatency("shop", "/orders/17?x=1", "GET", 503, 12.5, 1, "trace");
      run.add(raw, 1);
      run.add(request("shop", "/orders/{id}"), 2);

      assertThat(run.results())
          .containsExactly(
              new ApiLatency("shop", "/orders/{id}", "GET", 503, 12.5, 1, "trace"),
              request("shop", "/orders/{id}"));
      assertThat(run.resultTimesMs()).containsExactly(1L, 2L);
      assertThat(run.gauge(ADMITTED)).containsExactly(1);
      assertThat(run.counter(OTHERS)).isZero();
    }
  }

  @Test
  void leavesPathsAsTheyAreWhenToldSo() throws Exception {
    try (UnkeyedRun<ApiLatency, ApiLatency> run = start(new EndpointRules(false, 2, 2, DAY), 1)) {
      run.add(request("shop", "/orders/17"), 1);
      assertThat(run.results()).containsExactly(request("shop", "/orders/17"));
    }
  }

  @Test
  void furtherEndpointsAreTheOthersAndCounted() throws Exception {
    try (UnkeyedRun<ApiLatency, ApiLatency> run = start(TWO, 1)) {
      for (String endpoint : List.of("/a", "/b", "/c", "/a", "/d", "/b")) {
        run.add(request("shop", endpoint), 1);
      }
      assertThat(run.results().stream().map(ApiLatency::endpoint))
          .containsExactly("/a", "/b", "_other", "/a", "_other", "/b");
      assertThat(run.counter(OTHERS)).isEqualTo(2);
      assertThat(run.gauge(ADMITTED)).containsExactly(2);
    }
  }

  @Test
  void furtherServicesAreAServiceOfOthers() throws Exception {
    try (UnkeyedRun<ApiLatency, ApiLatency> run = start(TWO, 1)) {
      for (String service : List.of("a", "b", "c", "a")) {
        run.add(request(service, "_other"), 1);
      }
      assertThat(run.results().stream().map(ApiLatency::service))
          .containsExactly("a", "b", "_other", "a");
    }
  }

  @Test
  void whatIsAdmittedStaysSoAfterARestartAndIsKnownToAllSubtasks() throws Exception {
    try (UnkeyedRun<ApiLatency, ApiLatency> run = start(TWO, 2)) {
      run.add(0, request("shop", "/a"), 1);
      run.add(1, request("shop", "/b"), 1);
      run.add(1, request("shop", "/c"), 1);
      assertThat(run.gauge(ADMITTED)).as("each for itself").containsExactly(1, 2);

      for (int parallelism : new int[] {3, 1, 2}) {
        run.restart(operator(TWO), parallelism);
        assertThat(run.gauge(ADMITTED)).hasSize(parallelism).containsOnly(3);
        int before = run.results().size();
        for (int subtask = 0; subtask < parallelism; subtask++) {
          run.add(subtask, request("shop", "/a"), 2);
          run.add(subtask, request("shop", "/c"), 2);
        }
        assertThat(run.results()).hasSize(before + 2 * parallelism);
        assertThat(run.counter(OTHERS)).isZero();
      }
      run.add(0, request("shop", "/d"), 2);
      assertThat(run.counter(OTHERS)).isEqualTo(1);
    }
  }

  @Test
  void aSilentEndpointLeavesItsPlaceToAnother() throws Exception {
    try (UnkeyedRun<ApiLatency, ApiLatency> run = start(TWO, 1)) {
      run.add(request("shop", "/a", 0), 0);
      run.add(request("shop", "/b", 0), 0);
      run.restart(operator(TWO), 1);
      run.watermark(DAY.toMillis());
      run.add(request("shop", "/a", DAY.toMillis()), DAY.toMillis());
      run.add(request("shop", "/c", DAY.toMillis()), DAY.toMillis());
      run.watermark(DAY.toMillis() * 3 / 2);
      run.add(request("shop", "/c", DAY.toMillis()), DAY.toMillis());

      assertThat(run.results().stream().map(ApiLatency::endpoint))
          .containsExactly("/a", "/b", "/a", "_other", "/c");
      assertThat(run.gauge(ADMITTED)).containsExactly(2);
    }
  }

  private static UnkeyedRun<ApiLatency, ApiLatency> start(EndpointRules rules, int parallelism)
      throws Exception {
    return new UnkeyedRun<>(operator(rules), parallelism);
  }

  private static ProcessOperator<ApiLatency, ApiLatency> operator(EndpointRules rules) {
    return new ProcessOperator<>(new EndpointLimitFunction(rules));
  }

  private static ApiLatency request(String service, String endpoint) {
    return request(service, endpoint, 1);
  }

  private static ApiLatency request(String service, String endpoint, long timeMs) {
    return new ApiLatency(service, endpoint, "GET", 200, 1, timeMs, null);
  }
}
