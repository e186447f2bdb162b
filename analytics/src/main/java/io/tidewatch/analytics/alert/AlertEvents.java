package io.tidewatch.analytics.alert;

import io.tidewatch.schemas.derived.AlertEvent;
import io.tidewatch.schemas.derived.AlertStatus;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Transitions as events for the world outside. */
public final class AlertEvents {

  /** Six significant digits: more than anyone reads in a sentence. */
  private static final MathContext FOR_PEOPLE = new MathContext(6);

  /** Beyond this many digits before or behind the point a number is written with an exponent. */
  private static final int PLAIN_DIGITS = 15;

  private AlertEvents() {}

  /**
   * @param seriesLabels labels of the series, as its reader gives them
   * @param transition as {@link AlertMachine} gave it
   */
  public static AlertEvent of(
      AlertRule rule, Map<String, String> seriesLabels, Transition transition) {
    Map<String, String> labels = labels(rule, seriesLabels);
    Condition condition = rule.condition();
    String alertId = AlertIds.alertId(rule.name(), labels, transition.startedAtMs());
    Long resolvedAtMs = transition.resolvedAtMs();
    long atMs = resolvedAtMs == null ? transition.firedAtMs() : resolvedAtMs;
    return new AlertEvent(
        alertId,
        AlertIds.eventId(alertId, transition.status(), atMs),
        AlertIds.fingerprint(rule.name(), labels),
        rule.name(),
        AlertIds.ruleVersion(rule),
        transition.status(),
        true,
        null,
        labels,
        rule.annotations(),
        condition.text(),
        transition.value(),
        condition.threshold(),
        reason(rule, transition.status(), transition.value()),
        transition.startedAtMs(),
        transition.firedAtMs(),
        resolvedAtMs,
        transition.value() == null ? null : atMs,
        null,
        Map.of(),
        List.of());
  }

  /**
   * Labels of the alert: those of the series, over them those of the rule, over them {@code
   * alertname}. Sorted, unmodifiable.
   */
  public static Map<String, String> labels(AlertRule rule, Map<String, String> seriesLabels) {
    Map<String, String> labels = new TreeMap<>(seriesLabels);
    labels.putAll(rule.labels());
    labels.put(AlertRule.NAME_LABEL, rule.name());
    return Collections.unmodifiableMap(labels);
  }

  private static String reason(AlertRule rule, AlertStatus status, @Nullable Double value) {
    if (value == null) {
      return "no data for " + rule.staleAfter();
    }
    Condition condition = rule.condition();
    String limit = condition.comparison().symbol() + " " + number(condition.threshold());
    String metric = condition.metric() + " " + shown(condition, value);
    return switch (status) {
      case RESOLVED -> metric + " no longer " + limit;
      case FIRING, SUPPRESSED, FLAPPING, NO_DATA ->
          rule.holdFor().equals(Duration.ZERO)
              ? metric + " " + limit
              : metric + " " + limit + " held for " + rule.holdFor();
    };
  }

  /** Rounded for people, unless the sentence would become untrue by it. */
  private static String shown(Condition condition, double value) {
    if (Double.isInfinite(value)) {
      return Double.toString(value);
    }
    double rounded = new BigDecimal(value).round(FOR_PEOPLE).doubleValue();
    return number(condition.holds(rounded) == condition.holds(value) ? rounded : value);
  }

  private static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    boolean plain =
        exact.precision() - exact.scale() <= PLAIN_DIGITS && exact.scale() <= PLAIN_DIGITS;
    return plain ? exact.toPlainString() : Double.toString(value);
  }
}
