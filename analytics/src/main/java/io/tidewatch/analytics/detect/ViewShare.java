package io.tidewatch.analytics.detect;

/**
 * How much a way to look at the series had to do with an anomaly.
 *
 * @param view what was looked at, e.g. {@code mean}, {@code spread}, {@code residual}
 * @param share above 0, at most 1; the shares of an anomaly add up to 1
 */
public record ViewShare(String view, double share) {}
