package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.event.DeviceTelemetry;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The class of a window, from those of its records.
 *
 * @param field place of the field whose values are the classes; {@link #OF_MESSAGE} for the label
 *     of the message
 * @param ofWindow how a window comes by its class
 * @param normal the class that {@link OfWindow#ANY} yields to all others
 */
public record LabelRule(int field, OfWindow ofWindow, String normal) implements Serializable {

  public static final int OF_MESSAGE = -1;

  /** Doubles hold whole numbers up to here exactly. */
  private static final double LARGEST_WHOLE = 1L << 53;

  /** How a window comes by its class. */
  public enum OfWindow {
    /**
     * The most frequent class that is not the normal one; the normal one where there is no other.
     */
    ANY,
    /** That of the last record that has one. */
    LAST,
    /** The most frequent one. */
    MAJORITY
  }

  /** The class of a record: whole numbers without fraction; null where it has none. */
  public @Nullable String of(DeviceTelemetry record) {
    if (field == OF_MESSAGE) {
      return record.label();
    }
    double value = record.values()[field];
    if (Double.isNaN(value)) {
      return null;
    }
    return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * The class of a window; of equally frequent ones the first in order of text, so that it does not
   * depend on the order of its records.
   *
   * @param classes those of its records that have one, in order of time
   * @return null where there is none
   */
  public @Nullable String ofWindow(List<String> classes) {
    if (classes.isEmpty()) {
      return null;
    }
    return switch (ofWindow) {
      case LAST -> classes.get(classes.size() - 1);
      case MAJORITY -> mostFrequent(classes);
      case ANY -> {
        List<String> others = classes.stream().filter(each -> !each.equals(normal)).toList();
        yield others.isEmpty() ? normal : mostFrequent(others);
      }
    };
  }

  private static String mostFrequent(List<String> classes) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    classes.forEach(each -> counts.merge(each, 1, Integer::sum));
    Map.Entry<String, Integer> most = counts.firstEntry();
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      most = each.getValue() > most.getValue() ? each : most;
    }
    return most.getKey();
  }
}
