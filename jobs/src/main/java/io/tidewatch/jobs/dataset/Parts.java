package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.ClassDistribution;
import io.tidewatch.analytics.dataset.LeakageCheck;
import io.tidewatch.analytics.dataset.RandomSplit;
import io.tidewatch.analytics.dataset.Split;
import io.tidewatch.analytics.dataset.TimeSplit;
import io.tidewatch.schemas.dataset.ClassCounts;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.dataset.Part;
import io.tidewatch.schemas.dataset.SplitSettings;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which rows of a data set are in which part. Memory: a byte a row. */
final class Parts {
  private static final byte EMBARGO = 0;
  private static final byte TRAIN = 1;
  private static final byte VALIDATION = 2;

  private final SplitSettings settings;
  private final byte[] byRow;
  private final ClassDistribution classes = new ClassDistribution();

  private Parts(SplitSettings settings, int rows) {
    this.settings = settings;
    this.byRow = new byte[rows];
  }

  /** Takes the rows of both parts. */
  @FunctionalInterface
  interface Rows {
    void accept(Part part, LabelledVector row) throws IOException;
  }

  /**
   * Splits the rows as configured, and looks whether one part tells of the other.
   *
   * @throws io.tidewatch.jobs.config.ConfigException when a part has no row, or one tells of the
   *     other
   */
  static Parts of(TrainingRows rows, Survey survey, DatasetFiles files) throws IOException {
    DatasetConfig.SplitConfig config = files.config().split();
    try {
      SplitSettings settings =
          config.by() == DatasetConfig.SplitConfig.Rule.RANDOM
              ? new SplitSettings.Random(config.valSplit(), config.randomState(), config.group())
              : byTime(survey, config, files);
      Parts parts = new Parts(settings, Math.toIntExact(rows.count()));
      parts.split(rows);
      parts.requireBoth(files);
      return parts;
    } catch (IllegalArgumentException e) {
      throw files.refused(
          "split." + String.valueOf(e.getMessage()).replaceFirst("^split: ", "by: "));
    }
  }

  private static SplitSettings byTime(
      Survey survey, DatasetConfig.SplitConfig config, DatasetFiles files) {
    Duration window =
        files.model().window() instanceof WindowSpec byTime
            ? byTime.size()
            : Duration.ofMillis(survey.longestMs());
    Duration given = config.givenEmbargo();
    if (given != null && given.compareTo(window) < 0) {
      throw new IllegalArgumentException(
          "embargo: must be ≥ one window (%s), was %s".formatted(window, given));
    }
    return new SplitSettings.ByTime(
        config.valSplit(),
        Instant.ofEpochMilli(TimeSplit.boundary(survey.endsMs(), config.valSplit())),
        given == null ? window : given);
  }

  /** Windows of a device come by their end, and so by their start. */
  private void split(TrainingRows rows) throws IOException {
    Split split = split();
    LeakageCheck leakage = new LeakageCheck();
    int[] row = {0};
    rows.forEachWindow(
        labelled -> {
          FeatureVector window = labelled.vector();
          Part part = split.of(window.deviceId(), window.windowStartMs(), window.windowEndMs());
          byRow[row[0]++] = mark(part);
          if (part != null) {
            leakage.add(window.deviceId(), window.windowStartMs(), window.windowEndMs(), part);
            classes.add(part, labelled.label());
          }
        });
  }

  private Split split() {
    if (settings instanceof SplitSettings.ByTime byTime) {
      return new TimeSplit(byTime.boundary().toEpochMilli(), byTime.embargo().toMillis());
    }
    SplitSettings.Random random = (SplitSettings.Random) settings;
    return new RandomSplit(random.randomState(), random.valSplit(), random.group());
  }

  private void requireBoth(DatasetFiles files) {
    long train = count(Part.TRAIN);
    long validation = count(Part.VALIDATION);
    if (train == 0 || validation == 0) {
      throw files.refused(
          "split.val_split: must leave rows for train and validation, left %d and %d of %d, %d of them embargoed; was %s"
              .formatted(train, validation, byRow.length, embargo(), settings.valSplit()));
    }
  }

  private static byte mark(@Nullable Part part) {
    if (part == null) {
      return EMBARGO;
    }
    return part == Part.TRAIN ? TRAIN : VALIDATION;
  }

  private long count(byte mark) {
    long rows = 0;
    for (byte each : byRow) {
      rows += each == mark ? 1 : 0;
    }
    return rows;
  }

  SplitSettings settings() {
    return settings;
  }

  /** Rows of each part by label. */
  Map<Part, ClassCounts> classes() {
    return classes.counts();
  }

  /** How many rows are in a part. */
  long count(Part part) {
    return count(mark(part));
  }

  /** How many rows are in neither. */
  long embargo() {
    return count(EMBARGO);
  }

  /**
   * What a column has in one part, or in both.
   *
   * @param column a value a row
   * @param part null for both
   */
  double[] of(double[] column, @Nullable Part part) {
    long rows = part == null ? byRow.length - embargo() : count(part);
    double[] values = new double[Math.toIntExact(rows)];
    int to = 0;
    for (int row = 0; row < byRow.length; row++) {
      if (part == null ? byRow[row] != EMBARGO : byRow[row] == mark(part)) {
        values[to++] = column[row];
      }
    }
    return values;
  }

  /** Hands on the rows of both parts, in their order. */
  void forEach(TrainingRows rows, Rows out) throws IOException {
    int[] row = {0};
    rows.forEach(
        labelled -> {
          byte part = byRow[row[0]++];
          if (part != EMBARGO) {
            out.accept(part == TRAIN ? Part.TRAIN : Part.VALIDATION, labelled);
          }
        });
  }
}
