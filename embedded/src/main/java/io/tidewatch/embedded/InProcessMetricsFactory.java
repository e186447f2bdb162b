package io.tidewatch.embedded;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** How Flink makes an {@link InProcessMetrics}; found by {@link java.util.ServiceLoader}. */
public final class InProcessMetricsFactory implements MetricReporterFactory {
  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new InProcessMetrics();
  }
}
