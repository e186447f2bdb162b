package io.tidewatch.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schemas.event.ApiLatency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApiTrafficTest {
  private static final long START_MS = 1_790_000_000_000L;
  private static final long TEN_MINUTES_MS = 600_000;

  @Test
  void theSameSeedGivesTheSameRequestsHoweverTimeIsCut() {
    List<ApiLatency> whole = new ApiTraffic(42, START_MS).between(START_MS, START_MS + 60_000);
    ApiTraffic traffic = new ApiTraffic(42, START_MS);
    List<ApiLatency> pieces = new ArrayList<>();
    for (long fromMs = START_MS; fromMs < START_MS + 60_000; fromMs += 137) {
      pieces.addAll(traffic.between(fromMs, Math.min(fromMs + 137, START_MS + 60_000)));
    }

    assertThat(pieces).isEqualTo(whole);
    assertThat(new ApiTraffic(43, START_MS).between(START_MS, START_MS + 60_000))
        .isNotEqualTo(whole);
  }

  @Test
  void requestsAreInOrderAndInsideTheInterval() {
    ApiTraffic traffic = new ApiTraffic(1, START_MS);
    traffic.between(START_MS, START_MS + 1_000);
    List<ApiLatency> requests = traffic.between(START_MS + 5_000, START_MS + 9_000);

    assertThat(requests)
        .isNotEmpty()
        .isSortedAccordingTo((a, b) -> Long.compare(a.eventTimeMs(), b.eventTimeMs()))
        .allMatch(request -> request.eventTimeMs() >= START_MS + 5_000)
        .allMatch(request -> request.eventTimeMs() < START_MS + 9_000);
    assertThat(traffic.between(START_MS + 9_000, START_MS + 9_000)).isEmpty();
    assertThatThrownBy(() -> traffic.between(START_MS + 8_999, START_MS + 10_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void arrivalsArePoissonWithTheRateOfTheEndpoint() {
    List<ApiLatency> busiest = normal("/products/{id}");
    double[] perSecond = new double[600];
    for (ApiLatency request : busiest) {
      perSecond[(int) ((request.eventTimeMs() - START_MS) / 1_000)]++;
    }
    double mean = busiest.size() / 600.0;
    double variance = 0;
    for (double count : perSecond) {
      variance += (count - mean) * (count - mean) / 600;
    }

    // 40 a second over 600 s: standard error of the mean 0.26, of variance / mean 0.058.
    assertThat(mean).isCloseTo(40, within(1.3));
    assertThat(variance / mean).isCloseTo(1, within(0.3));
  }

  @Test
  void durationsAreLognormal() {
    List<ApiLatency> requests = normal("/products/{id}");
    double[] logs =
        requests.stream().mapToDouble(request -> Math.log(request.durationMs())).toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    double deviation =
        Math.sqrt(
            Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).average().orElseThrow());

    assertThat(Math.exp(mean)).isCloseTo(18, within(0.5));
    assertThat(deviation).isCloseTo(0.5, within(0.02));
  }

  @Test
  void sixEndpointsFailInSomeThreeOfAThousandRequests() {
    List<ApiLatency> requests = normal();
    double errors = requests.stream().filter(request -> request.status() >= 500).count();

    assertThat(requests.stream().map(ApiLatency::endpoint).collect(Collectors.toSet())).hasSize(6);
    assertThat(requests).allMatch(request -> request.service().equals("shop-sim"));
    assertThat(requests).allMatch(request -> request.durationMs() > 0);
    assertThat(errors / requests.size()).isBetween(0.002, 0.004);
  }

  @Test
  void traceIdsAreThoseOfW3cAndUnique() {
    List<ApiLatency> requests = normal();

    assertThat(requests).allMatch(request -> request.traceId().matches("[0-9a-f]{32}"));
    assertThat(requests.stream().map(ApiLatency::traceId).distinct()).hasSameSizeAs(requests);
  }

  @Test
  void theErrorBurstAppearsAtItsTimeOnItsEndpointOnly() {
    List<ApiLatency> requests = faulty();

    assertThat(errorShare(requests, "/checkout", 0, 20)).isLessThan(0.05);
    assertThat(errorShare(requests, "/checkout", 20, 40)).isBetween(0.3, 0.5);
    assertThat(errorShare(requests, "/checkout", 40, 120)).isLessThan(0.03);
    assertThat(errorShare(requests, "/checkout", 140, 160)).isBetween(0.3, 0.5);
    assertThat(errorShare(requests, "/products/{id}", 20, 40)).isLessThan(0.02);
  }

  @Test
  void theSlowdownAppearsAtItsTimeOnItsEndpointOnly() {
    List<ApiLatency> requests = faulty();

    assertThat(medianMs(requests, "/search", 0, 40)).isCloseTo(45, within(8.0));
    assertThat(medianMs(requests, "/search", 40, 60)).isCloseTo(900, within(160.0));
    assertThat(medianMs(requests, "/search", 60, 120)).isCloseTo(45, within(8.0));
    assertThat(medianMs(requests, "/products/{id}", 40, 60)).isCloseTo(18, within(3.0));
  }

  @Test
  void refusesFaultsOfUnknownEndpoints() {
    assertThatThrownBy(() -> new ApiTraffic(1, START_MS, WeldingFleet.defaultSchedule(3)))
        .hasMessage("fault.target: must be an endpoint of shop-sim, was weld-sim-03");
  }

  private static List<ApiLatency> faulty() {
    return new ApiTraffic(42, START_MS).between(START_MS, START_MS + TEN_MINUTES_MS);
  }

  private static List<ApiLatency> normal() {
    return new ApiTraffic(42, START_MS, FaultSchedule.none())
        .between(START_MS, START_MS + TEN_MINUTES_MS);
  }

  private static List<ApiLatency> normal(String endpoint) {
    return normal().stream().filter(request -> request.endpoint().equals(endpoint)).toList();
  }

  private static double errorShare(
      List<ApiLatency> requests, String endpoint, long fromSecond, long toSecond) {
    return select(requests, endpoint, fromSecond, toSecond).stream()
        .mapToDouble(request -> request.status() == 503 ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static double medianMs(
      List<ApiLatency> requests, String endpoint, long fromSecond, long toSecond) {
    double[] sorted =
        select(requests, endpoint, fromSecond, toSecond).stream()
            .mapToDouble(ApiLatency::durationMs)
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  private static List<ApiLatency> select(
      List<ApiLatency> requests, String endpoint, long fromSecond, long toSecond) {
    return requests.stream()
        .filter(request -> request.endpoint().equals(endpoint))
        .filter(request -> request.eventTimeMs() >= START_MS + fromSecond * 1_000)
        .filter(request -> request.eventTimeMs() < START_MS + toSecond * 1_000)
        .toList();
  }
}
