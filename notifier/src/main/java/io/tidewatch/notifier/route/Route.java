package io.tidewatch.notifier.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A node of the tree of routes, as in Alertmanager: an alert goes to the deepest routes that match
 * it; of siblings the first takes it, unless that says {@code continue}.
 */
public final class Route {
  /** In {@code group_by}: every set of labels is a group of its own. */
  public static final String ALL_LABELS = "...";

  private final String id;
  private final String receiver;
  private final List<LabelMatcher> matchers;
  private final boolean goesOn;
  private final List<String> groupBy;
  private final GroupTiming timing;
  private final List<Route> routes = new ArrayList<>();

  /**
   * @param prefix id of the route this stands in, with a slash; empty for the root
   * @param matchers that must all match
   * @param goesOn whether the siblings behind are asked too
   * @param groupBy labels that alerts of a group have in common
   */
  public Route(
      String prefix,
      String receiver,
      List<LabelMatcher> matchers,
      boolean goesOn,
      List<String> groupBy,
      GroupTiming timing) {
    this.receiver = receiver;
    this.matchers = List.copyOf(matchers);
    this.goesOn = goesOn;
    this.groupBy = List.copyOf(groupBy);
    this.timing = timing;
    this.id =
        prefix
            + receiver
            + matchers.stream()
                .map(LabelMatcher::toString)
                .sorted()
                .collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * Adds a route below this one.
   *
   * @return false, and it is not added, when one with the same receiver and matchers is there
   */
  public boolean add(Route child) {
    if (routes.stream().anyMatch(route -> route.id.equals(child.id))) {
      return false;
    }
    return routes.add(child);
  }

  /** Receivers and matchers from the root to here: the same as long as the file says the same. */
  public String id() {
    return id;
  }

  public String receiver() {
    return receiver;
  }

  public List<String> groupBy() {
    return groupBy;
  }

  public GroupTiming timing() {
    return timing;
  }

  /** This route and all below it. */
  public List<Route> all() {
    List<Route> all = new ArrayList<>();
    all.add(this);
    routes.forEach(route -> all.addAll(route.all()));
    return all;
  }

  /** The routes that an alert with these labels takes, at least one below the root. */
  public List<Route> of(Map<String, String> labels) {
    List<Route> taken = new ArrayList<>();
    collect(labels, taken);
    return taken;
  }

  private void collect(Map<String, String> labels, List<Route> taken) {
    boolean below = false;
    for (Route route : routes) {
      if (route.matchers.stream().allMatch(matcher -> matcher.matches(labels))) {
        route.collect(labels, taken);
        below = true;
        if (!route.goesOn) {
          break;
        }
      }
    }
    if (!below) {
      taken.add(this);
    }
  }

  /** The labels by which an alert is grouped here, by name. */
  public Map<String, String> groupLabels(Map<String, String> labels) {
    if (groupBy.contains(ALL_LABELS)) {
      return new TreeMap<>(labels);
    }
    Map<String, String> group = new TreeMap<>();
    for (String name : groupBy) {
      String value = labels.get(name);
      if (value != null) {
        group.put(name, value);
      }
    }
    return group;
  }
}
