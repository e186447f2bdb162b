package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.LabelRule;
import io.tidewatch.jobs.config.Durations;
import io.tidewatch.jobs.config.WindowEntry;
import io.tidewatch.schemas.dataset.By;
import io.tidewatch.schemas.scale.Scaling;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the data set job, {@code flink-conf/jobs/dataset.yaml}.
 *
 * @param models folder of the telemetry models, relative to the file this stands in
 * @param model name of the model
 * @param devices ids; empty for all
 * @param from first event time; empty for all
 * @param to behind the last event time; empty for all
 * @param asOf what became known later is left out; empty for all
 * @param window instead of the model's; that one without a size
 * @param constantColumns what becomes of features that are constant or missing in all of train
 * @param target folder that is written, relative to the file this stands in
 */
public record DatasetConfig(
    String models,
    String model,
    List<String> devices,
    String from,
    String to,
    String asOf,
    SourceConfig source,
    WindowEntry window,
    LabelConfig label,
    NormalisationConfig normalisation,
    SplitConfig split,
    ConstantColumns constantColumns,
    String target) {

  public DatasetConfig {
    if (model.isEmpty()) {
      throw new IllegalArgumentException("model: must be the name of a model, was empty");
    }
    if (target.isEmpty()) {
      throw new IllegalArgumentException("target: must be a folder, was empty");
    }
    Instant first = time("from", from);
    Instant behind = time("to", to);
    if (first != null && behind != null && !first.isBefore(behind)) {
      throw new IllegalArgumentException(
          "to: must be after from (%s), was %s".formatted(first, behind));
    }
    Instant known = time("as_of", asOf);
    if (first != null && known != null && !first.isBefore(known)) {
      throw new IllegalArgumentException(
          "as_of: must be after from (%s), was %s".formatted(first, known));
    }
    devices = List.copyOf(devices);
  }

  /** What becomes of features that tell nothing. */
  public enum ConstantColumns {
    REFUSE,
    KEEP
  }

  /**
   * The class of a row.
   *
   * @param field {@code label} for that of the messages, or a field of the model; empty for none
   */
  public record LabelConfig(String field, LabelRule.OfWindow ofWindow, String normal) {}

  /** How features are normalised. */
  public record NormalisationConfig(Method method, double lower, double upper) {
    public enum Method {
      NONE,
      MIN_MAX,
      Z_SCORE
    }

    public NormalisationConfig {
      if (method == Method.MIN_MAX) {
        new Scaling.MinMax(lower, upper); // refuses what it cannot be
      }
    }

    /** The method; null for none. */
    public @Nullable Scaling scaling() {
      return switch (method) {
        case NONE -> null;
        case MIN_MAX -> new Scaling.MinMax(lower, upper);
        case Z_SCORE -> new Scaling.ZScore();
      };
    }
  }

  /**
   * How rows come to train and validation.
   *
   * @param embargo between train and validation; empty for one window
   * @param group what chance puts into a part as a whole
   */
  public record SplitConfig(Rule by, double valSplit, String embargo, long randomState, By group) {
    public enum Rule {
      TIME,
      RANDOM
    }

    public SplitConfig {
      if (!(valSplit > 0 && valSplit < 1)) {
        throw new IllegalArgumentException("val_split: must be > 0 and < 1, was " + valSplit);
      }
      Duration given = duration(embargo);
      if (given != null && given.isNegative()) {
        throw new IllegalArgumentException("embargo: must be ≥ PT0S, was " + embargo);
      }
    }

    /** The embargo that is given; null for none. */
    public @Nullable Duration givenEmbargo() {
      return duration(embargo);
    }

    private static @Nullable Duration duration(String text) {
      try {
        return text.isEmpty() ? null : Durations.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "embargo: must be a duration such as PT30S, or empty, was '" + text + "'", e);
      }
    }
  }

  /**
   * A time that may be left out.
   *
   * @return null when it is
   */
  static @Nullable Instant time(String key, String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s: must be a time such as 2026-01-01T00:00:00Z, or empty, was '%s'"
              .formatted(key, text),
          e);
    }
  }
}
