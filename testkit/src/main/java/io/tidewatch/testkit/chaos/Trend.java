package io.tidewatch.testkit.chaos;

import java.util.List;

/**
 * What a server holds of a resource while time passes.
 *
 * @param server name
 * @param resource with its unit
 * @param lives how many processes there were one after the other
 * @param mean over all samples
 * @param inALifePerHour slope of a line through the samples of each life, one slope for all, each
 *     line with a height of its own (ordinary least squares with fixed effects): what a process
 *     gathers while it runs
 * @param overAllPerHour slope of one line through all samples: what later lives begin with as well
 */
public record Trend(
    String server,
    String resource,
    int lives,
    double mean,
    double inALifePerHour,
    double overAllPerHour) {

  /**
   * One sample.
   *
   * @param hours since whatever moment
   * @param value of the resource
   */
  public record Sample(double hours, double value) {}

  /**
   * @param lives samples of each process, at least one
   */
  public static Trend of(String server, String resource, List<List<Sample>> lives) {
    List<Sample> all = lives.stream().flatMap(List::stream).toList();
    return new Trend(
        server,
        resource,
        lives.size(),
        all.stream().mapToDouble(Sample::value).average().orElse(Double.NaN),
        slope(lives),
        slope(List.of(all)));
  }

  /** 0 where all samples are of one moment. */
  private static double slope(List<List<Sample>> groups) {
    double products = 0;
    double squares = 0;
    for (List<Sample> group : groups) {
      double hours = group.stream().mapToDouble(Sample::hours).average().orElse(0);
      double value = group.stream().mapToDouble(Sample::value).average().orElse(0);
      for (Sample sample : group) {
        double distance = sample.hours() - hours;
        products += distance * (sample.value() - value);
        squares += distance * distance;
      }
    }
    return squares == 0 ? 0 : products / squares;
  }
}
