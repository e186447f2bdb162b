package io.tidewatch.analytics.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.quantile.EndpointKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmittedEndpointsTest {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final AdmittedEndpoints endpoints = new AdmittedEndpoints(rules(3, 2));

  @Test
  void countsAMethodOfARouteAsAnEndpoint() {
    assertAdmitted("shop", "/a", "GET");
    assertAdmitted("shop", "/a", "POST");
    assertAdmitted("shop", "/b", "GET");
    assertThat(admit("shop", "/b", "POST")).isEqualTo(key("shop", "_other", "POST"));
    assertAdmitted("shop", "/a", "POST");
    assertAdmitted("pay", "/b", "POST");
    assertThat(endpoints.size()).isEqualTo(4);
  }

  @Test
  void theOthersHaveNoMoreMethodsThanHttp() {
    Set<EndpointKey> others = new HashSet<>();
    for (String service : new String[] {"a", "b", "c", "d"}) {
      for (int i = 0; i < 1000; i++) {
        String method = i % 2 == 0 ? "GET" : "M" + (char) ('A' + i % 26) + (char) ('A' + i / 40);
        EndpointKey counted = admit(service, "/" + i, method);
        if (counted.endpoint().equals("_other")) {
          others.add(counted);
        }
      }
    }
    assertThat(others)
        .containsExactlyInAnyOrder(
            key("a", "_other", "GET"),
            key("a", "_other", "OTHER"),
            key("b", "_other", "GET"),
            key("b", "_other", "OTHER"),
            key("_other", "_other", "GET"),
            key("_other", "_other", "OTHER"));
    assertThat(endpoints.size()).isEqualTo(6);
  }

  @Test
  void whatCameOutMayComeInAgain() {
    for (int i = 0; i < 9; i++) {
      EndpointKey once = admit("shop", "/" + i, "GET");
      assertThat(endpoints.admit(once, 1, UNKNOWN)).isEqualTo(once);
    }
    assertThat(endpoints.size()).isEqualTo(3);
  }

  @Test
  void forgetsWhatIsSilentAndKeepsWhatIsNot() {
    AdmittedEndpoints two = new AdmittedEndpoints(rules(2, 1));
    two.admit(key("a", "/old", "GET"), 0, UNKNOWN);
    two.admit(key("a", "/live", "GET"), 0, UNKNOWN);
    two.admit(key("a", "/live", "GET"), DAY_MS, UNKNOWN);
    two.admit(key("a", "/live", "GET"), 5, UNKNOWN);
    assertThat(two.admit(key("a", "/new", "GET"), DAY_MS, DAY_MS).endpoint())
        .as("silent for a day, not longer")
        .isEqualTo("_other");
    EndpointKey next = key("a", "/new", "GET");
    assertThat(two.admit(next, DAY_MS, DAY_MS + DAY_MS / 24 + 1)).isEqualTo(next);
    assertThat(two.all())
        .containsExactlyInAnyOrder(
            new AdmittedEndpoint(key("a", "/live", "GET"), DAY_MS),
            new AdmittedEndpoint(next, DAY_MS));
  }

  @Test
  void aServiceWithoutEndpointsLeavesItsPlaceToAnother() {
    assertAdmitted("a", "/", "GET");
    assertAdmitted("b", "/", "GET");
    assertThat(admit("c", "/", "GET").service()).isEqualTo("_other");
    EndpointKey c = key("c", "/", "GET");
    assertThat(endpoints.admit(c, 2 * DAY_MS, 2 * DAY_MS)).isEqualTo(c);
    assertThat(endpoints.size()).isEqualTo(1);
  }

  @Test
  void restoresAboveTheLimitAndKeepsTheLatestTime() {
    for (int i = 0; i < 5; i++) {
      endpoints.restore(new AdmittedEndpoint(key("a", "/" + i, "GET"), 7));
      endpoints.restore(new AdmittedEndpoint(key("a", "/" + i, "GET"), 3));
    }
    assertThat(endpoints.size()).isEqualTo(5);
    assertThat(endpoints.all()).allMatch(admitted -> admitted.lastSeenMs() == 7);
    assertAdmitted("a", "/4", "GET");
    assertThat(admit("a", "/5", "GET").endpoint()).isEqualTo("_other");
  }

  @Test
  void bearsAnyTimes() {
    Random random = new Random(3);
    long[] times = {UNKNOWN, UNKNOWN + 1, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE};
    for (int i = 0; i < 10_000; i++) {
      EndpointKey key = key("s" + random.nextInt(4), "/" + random.nextInt(9), "GET");
      EndpointKey counted =
          endpoints.admit(
              key, times[random.nextInt(times.length)], times[random.nextInt(times.length)]);
      assertThat(counted.equals(key) || counted.endpoint().equals("_other")).isTrue();
      assertThat(endpoints.size()).isEqualTo(endpoints.all().size()).isBetween(0, 6);
    }
  }

  @Test
  void saysWhichRuleIsBroken() {
    assertThatThrownBy(() -> rules(0, 1)).hasMessage("max_per_service: must be ≥ 1, was 0");
    assertThatThrownBy(() -> rules(1, 0)).hasMessage("max_services: must be ≥ 1, was 0");
    assertThatThrownBy(() -> new EndpointRules(true, 1, 1, Duration.ZERO))
        .hasMessage("forget_after: must be ≥ PT0.001S, was PT0S");
  }

  private void assertAdmitted(String service, String endpoint, String method) {
    assertThat(admit(service, endpoint, method)).isEqualTo(key(service, endpoint, method));
  }

  private EndpointKey admit(String service, String endpoint, String method) {
    return endpoints.admit(key(service, endpoint, method), 1, UNKNOWN);
  }

  private static EndpointKey key(String service, String endpoint, String method) {
    return new EndpointKey(service, endpoint, method);
  }

  private static EndpointRules rules(int maxPerService, int maxServices) {
    return new EndpointRules(true, maxPerService, maxServices, Duration.ofDays(1));
  }
}
