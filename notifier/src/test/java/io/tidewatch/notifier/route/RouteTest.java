package io.tidewatch.notifier.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {
  private static final GroupTiming TIMING =
      new GroupTiming(Duration.ZERO, Duration.ofMinutes(1), Duration.ofHours(1));

  private final Route root = route("", "everybody", false);

  private static Route route(String prefix, String receiver, boolean goesOn, String... matchers) {
    return new Route(
        prefix,
        receiver,
        List.of(matchers).stream().map(LabelMatcher::parse).toList(),
        goesOn,
        List.of("alertname"),
        TIMING);
  }

  private List<String> receivers(String severity, String team) {
    return root.of(Map.of("severity", severity, "team", team)).stream()
        .map(Route::receiver)
        .toList();
  }

  @Test
  void theDeepestRouteThatMatchesCounts() {
    Route critical = route("x/", "on-call", false, "severity=\"critical\"");
    critical.add(route("x/y/", "db-on-call", false, "team=\"db\""));
    root.add(critical);

    assertThat(receivers("critical", "db")).containsExactly("db-on-call");
    assertThat(receivers("critical", "web")).containsExactly("on-call");
    assertThat(receivers("warning", "db")).containsExactly("everybody");
  }

  @Test
  void theFirstSiblingTakesItUnlessItGoesOn() {
    root.add(route("", "log", true, "severity=~\".+\""));
    root.add(route("", "critical", false, "severity=\"critical\""));
    root.add(route("", "late", false, "severity!=\"warning\""));
    root.add(route("", "db", false, "team=\"db\""));

    assertThat(receivers("critical", "db")).containsExactly("log", "critical");
    assertThat(receivers("warning", "db")).containsExactly("log", "db");
    assertThat(receivers("warning", "web")).containsExactly("log");
  }

  @Test
  void allLabelsOfAMatcherListMustMatch() {
    root.add(route("", "both", false, "severity=\"critical\"", "team=\"db\""));
    assertThat(receivers("critical", "db")).containsExactly("both");
    assertThat(receivers("critical", "web")).containsExactly("everybody");
  }

  @Test
  void twoSiblingsThatAreAlikeAreOneTooMany() {
    assertThat(root.add(route("", "a", false, "x=\"1\"", "y=\"2\""))).isTrue();
    assertThat(root.add(route("", "a", true, "y=\"2\"", "x=\"1\""))).isFalse();
    assertThat(root.add(route("", "b", false, "x=\"1\"", "y=\"2\""))).isTrue();
    assertThat(root.all()).hasSize(3);
  }

  @Test
  void groupsByTheLabelsThatAreThere() {
    Route byTwo = new Route("", "a", List.of(), false, List.of("b", "a", "none"), TIMING);
    assertThat(byTwo.groupLabels(Map.of("a", "1", "b", "2", "c", "3"))).hasToString("{a=1, b=2}");
    Route byAll = new Route("", "a", List.of(), false, List.of(Route.ALL_LABELS), TIMING);
    assertThat(byAll.groupLabels(Map.of("b", "2", "a", "1"))).hasToString("{a=1, b=2}");
  }
}
