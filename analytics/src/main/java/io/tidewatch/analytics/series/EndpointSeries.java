package io.tidewatch.analytics.series;

import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.schemas.derived.LatencyWindow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The metrics of endpoints that are series. */
public final class EndpointSeries implements SeriesChoice<LatencyWindow> {
  private static final long serialVersionUID = 1;

  private final ArrayList<Choice> choices = new ArrayList<>();
  private final LatencySeries windows = new LatencySeries();

  private record Choice(Pattern service, Pattern endpoint, ArrayList<String> metrics)
      implements Serializable {

    boolean selects(LatencyWindow window) {
      return service.matcher(window.service()).matches()
          && endpoint.matcher(window.endpoint()).matches();
    }
  }

  /**
   * @param selectors in any order; a metric that several choose is one series
   */
  public EndpointSeries(List<EndpointSelector> selectors) {
    for (EndpointSelector selector : selectors) {
      choices.add(
          new Choice(
              Pattern.compile(selector.service()),
              Pattern.compile(selector.endpoint()),
              new ArrayList<>(selector.metrics())));
    }
  }

  /**
   * An endpoint as one text: method, service and template, parted by spaces. The method has none,
   * and those of the service are written as {@code %20}, so that no two endpoints share a text.
   */
  public static String entity(LatencyWindow window) {
    String service = window.service().replace("%", "%25").replace(" ", "%20");
    return window.method() + " " + service + " " + window.endpoint();
  }

  /** Names of all metrics that are chosen of some endpoint; unmodifiable. */
  public List<String> metrics() {
    Set<String> all = new LinkedHashSet<>();
    choices.forEach(choice -> all.addAll(choice.metrics()));
    return List.copyOf(all);
  }

  /** Whether nothing was chosen. */
  public boolean isEmpty() {
    return choices.isEmpty();
  }

  @Override
  public void rowsOf(LatencyWindow window, Consumer<SeriesRow> to) {
    Set<String> metrics = new LinkedHashSet<>();
    for (Choice choice : choices) {
      if (choice.selects(window)) {
        metrics.addAll(choice.metrics());
      }
    }
    String entity = entity(window);
    for (String metric : metrics) {
      to.accept(
          new SeriesRow(
              new SeriesKey(SeriesKey.LATENCY, entity, metric),
              window.windowStartMs(),
              window.windowEndMs(),
              windows.metric(window, metric),
              false,
              window.revision(),
              window.traceIds()));
    }
  }
}
