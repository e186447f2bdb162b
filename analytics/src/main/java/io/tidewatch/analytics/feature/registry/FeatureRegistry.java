package io.tidewatch.analytics.feature.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All features by name: append only, since models name them and stored rows carry them. A feature
 * is one class, and one line here.
 */
public final class FeatureRegistry {

  /** What each row tells of each field, whatever features its model has. */
  public static final List<SummaryFeature> ALWAYS =
      List.of(new MissingRatio(), new ImputedRatio(), new OutlierRatio());

  private static final int MOST_PERCENT = 99;

  /** What a model may choose. */
  private static final List<Feature> CHOICES =
      Stream.concat(
              Stream.of(
                  new Mean(),
                  new StandardDeviation(),
                  new Minimum(),
                  new Maximum(),
                  new Count(),
                  new Range(),
                  new RootMeanSquare(),
                  new Median(),
                  new First(),
                  new Last(),
                  new SlopePerSecond(),
                  new FirstDifference(),
                  new RatioToPrevious(),
                  new RateOfChange(),
                  new MovingAverage(5),
                  new MovingAverage(15),
                  new Volatility(10),
                  new Skewness(),
                  new Kurtosis(),
                  new ZeroCrossings(),
                  new MeanAbsoluteChange(),
                  new HourOfDay(),
                  new DayOfWeek()),
              IntStream.rangeClosed(1, MOST_PERCENT).mapToObj(Quantile::new))
          .map(Feature.class::cast)
          .toList();

  private static final Map<String, Feature> BY_NAME = byName();

  private FeatureRegistry() {}

  private static Map<String, Feature> byName() {
    Map<String, Feature> byName = new LinkedHashMap<>();
    CHOICES.forEach(feature -> byName.put(feature.name(), feature));
    return byName;
  }

  /** All that a model may choose, in the order in which they were added; quantiles last. */
  public static List<Feature> choices() {
    return CHOICES;
  }

  /**
   * The feature of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Feature get(String name) {
    Feature feature = BY_NAME.get(name);
    if (feature == null) {
      throw new IllegalArgumentException(
          "features: must be of %s and p1 to p99, was '%s'"
              .formatted(
                  CHOICES.stream()
                      .filter(choice -> !(choice instanceof Quantile))
                      .map(Feature::name)
                      .toList(),
                  name));
    }
    return feature;
  }
}
