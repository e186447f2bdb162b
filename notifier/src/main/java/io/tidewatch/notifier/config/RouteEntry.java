package io.tidewatch.notifier.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidewatch.notifier.route.GroupTiming;
import io.tidewatch.notifier.route.LabelMatcher;
import io.tidewatch.notifier.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@code route} of the file; what it leaves out is as in the route it stands in. */
public final class RouteEntry {
  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable String receiver;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private List<String> matchers = List.of();

  @JsonProperty("continue")
  @JsonSetter(nulls = Nulls.SKIP)
  private boolean goesOn;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable List<String> groupBy;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Duration groupWait;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Duration groupInterval;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable Duration repeatInterval;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private List<RouteEntry> routes = List.of();

  /**
   * The tree below this entry, which is the root: it must say everything and match everything.
   *
   * @param receivers that there are
   * @throws IllegalArgumentException naming the key, below {@code route}
   */
  Route toRoot(Set<String> receivers) {
    if (!matchers.isEmpty() || goesOn) {
      throw new IllegalArgumentException(
          "route: must match every alert, had matchers or continue; put them into route.routes");
    }
    return toRoute("route", null, receivers);
  }

  private Route toRoute(String key, @Nullable Route parent, Set<String> receivers) {
    String told = given(key + ".receiver", receiver, parent == null ? null : parent.receiver());
    if (!receivers.contains(told)) {
      throw new IllegalArgumentException(
          key + ".receiver: must be one of receivers " + receivers + ", was '" + told + "'");
    }
    GroupTiming base = parent == null ? null : parent.timing();
    GroupTiming timing;
    try {
      timing =
          new GroupTiming(
              given("group_wait", groupWait, base == null ? null : base.groupWait()),
              given("group_interval", groupInterval, base == null ? null : base.groupInterval()),
              given(
                  "repeat_interval", repeatInterval, base == null ? null : base.repeatInterval()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + "." + e.getMessage(), e);
    }
    List<LabelMatcher> parsed = new ArrayList<>();
    for (String matcher : matchers) {
      try {
        parsed.add(LabelMatcher.parse(matcher));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(key + ".matchers: " + e.getMessage(), e);
      }
    }
    Route route =
        new Route(
            parent == null ? "" : parent.id() + "/",
            told,
            parsed,
            goesOn,
            given(key + ".group_by", groupBy, parent == null ? null : parent.groupBy()),
            timing);
    for (int i = 0; i < routes.size(); i++) {
      String below = key + ".routes[" + i + "]";
      Route child = routes.get(i).toRoute(below, route, receivers);
      if (!route.add(child)) {
        throw new IllegalArgumentException(
            below + ": must differ from the routes before it in receiver or matchers");
      }
    }
    return route;
  }

  private static <T> T given(String key, @Nullable T value, @Nullable T inherited) {
    if (value != null) {
      return value;
    }
    if (inherited == null) {
      throw new IllegalArgumentException(key + ": must be given, was missing");
    }
    return inherited;
  }
}
