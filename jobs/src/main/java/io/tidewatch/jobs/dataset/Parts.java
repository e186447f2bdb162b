package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.LeakageCheck;
import io.tidewatch.analytics.dataset.RandomSplit;
import io.tidewatch.analytics.dataset.Split;
import io.tidewatch.analytics.dataset.TimeSplit;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.dataset.Part;
import io.tidewatch.schemas.dataset.SplitSettings;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.WindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data set by part, each in their order.
 *
 * @param embargo how many rows are in neither
 */
record Parts(Map<Part, List<LabelledVector>> rows, SplitSettings settings, long embargo) {

  /**
   * Splits the rows as configured, and looks whether one part tells of the other.
   *
   * @throws io.tidewatch.jobs.config.ConfigException when a part has no row, or one tells of the
   *     other
   */
  static Parts of(List<LabelledVector> rows, DatasetFiles files) {
    DatasetConfig.SplitConfig config = files.config().split();
    try {
      SplitSettings settings =
          config.by() == DatasetConfig.SplitConfig.Rule.RANDOM
              ? new SplitSettings.Random(config.valSplit(), config.randomState(), config.group())
              : byTime(rows, config, files);
      return of(rows, settings, split(settings), files);
    } catch (IllegalArgumentException e) {
      throw files.refused(
          "split." + String.valueOf(e.getMessage()).replaceFirst("^split: ", "by: "));
    }
  }

  private static SplitSettings byTime(
      List<LabelledVector> rows, DatasetConfig.SplitConfig config, DatasetFiles files) {
    Duration window = oneWindow(rows, files);
    Duration given = config.givenEmbargo();
    if (given != null && given.compareTo(window) < 0) {
      throw new IllegalArgumentException(
          "embargo: must be ≥ one window (%s), was %s".formatted(window, given));
    }
    long[] endsMs = rows.stream().mapToLong(row -> row.vector().windowEndMs()).toArray();
    return new SplitSettings.ByTime(
        config.valSplit(),
        Instant.ofEpochMilli(TimeSplit.boundary(endsMs, config.valSplit())),
        given == null ? window : given);
  }

  /** How long a window is; of windows by points, the longest. */
  private static Duration oneWindow(List<LabelledVector> rows, DatasetFiles files) {
    if (files.model().window() instanceof WindowSpec window) {
      return window.size();
    }
    return Duration.ofMillis(
        rows.stream()
            .map(LabelledVector::vector)
            .mapToLong(window -> window.windowEndMs() - window.windowStartMs())
            .max()
            .orElse(0));
  }

  private static Split split(SplitSettings settings) {
    if (settings instanceof SplitSettings.ByTime byTime) {
      return new TimeSplit(byTime.boundary().toEpochMilli(), byTime.embargo().toMillis());
    }
    SplitSettings.Random random = (SplitSettings.Random) settings;
    return new RandomSplit(random.randomState(), random.valSplit(), random.group());
  }

  private static Parts of(
      List<LabelledVector> rows, SplitSettings settings, Split split, DatasetFiles files) {
    List<LabelledVector> train = new ArrayList<>();
    List<LabelledVector> validation = new ArrayList<>();
    LeakageCheck leakage = new LeakageCheck();
    List<LabelledVector> byStart = new ArrayList<>(rows);
    byStart.sort(Comparator.comparingLong(row -> row.vector().windowStartMs()));
    for (LabelledVector row : byStart) {
      Part part = part(split, row);
      if (part != null) {
        FeatureVector window = row.vector();
        leakage.add(window.deviceId(), window.windowStartMs(), window.windowEndMs(), part);
      }
    }
    long embargo = 0;
    for (LabelledVector row : rows) {
      Part part = part(split, row);
      if (part == null) {
        embargo++;
      } else {
        (part == Part.TRAIN ? train : validation).add(row);
      }
    }
    if (train.isEmpty() || validation.isEmpty()) {
      throw files.refused(
          "split.val_split: must leave rows for train and validation, left %d and %d of %d, %d of them embargoed; was %s"
              .formatted(
                  train.size(), validation.size(), rows.size(), embargo, settings.valSplit()));
    }
    return new Parts(Map.of(Part.TRAIN, train, Part.VALIDATION, validation), settings, embargo);
  }

  private static @Nullable Part part(Split split, LabelledVector row) {
    FeatureVector window = row.vector();
    return split.of(window.deviceId(), window.windowStartMs(), window.windowEndMs());
  }

  /** The rows of one part. */
  List<LabelledVector> of(Part part) {
    return rows.getOrDefault(part, List.of());
  }
}
