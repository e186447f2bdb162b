package io.tidewatch.jobs.latency;

import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyAggregate;
import io.tidewatch.jobs.config.AvroFiles;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.JobFiles;
import io.tidewatch.jobs.config.RuleFiles;
import io.tidewatch.jobs.config.SeriesCost;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.source.JobSchemas;
import io.tidewatch.schemas.codec.ApiLatencyAvroDecoder;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.event.ApiLatency;
import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of the latency job and what it names.
 *
 * @param decoder of its messages
 */
public record LatencyFiles(
    LatencyConfig config,
    MessageDecoder<ApiLatency> decoder,
    List<AlertRule> rules,
    List<SeriesCost> series)
    implements JobFiles {

  /**
   * Reads the configuration over the shipped one, and what it names.
   *
   * @throws io.tidewatch.jobs.config.ConfigException when one of the files cannot be used
   */
  public static LatencyFiles load(YamlLoader loader, Path file) {
    LatencyConfig config = loader.loadOver("latency.yaml", file, LatencyConfig.class);
    return new LatencyFiles(
        config,
        decoder(file, config.input()),
        RuleFiles.load(file.resolveSibling(config.alerting().rules()), new LatencySeries()).rules(),
        List.of(
            SeriesCost.byTime(
                "endpoint",
                file,
                new LatencyAggregate(config.window()),
                new EndpointKey("", "", ""),
                config.eventTime())));
  }

  private static MessageDecoder<ApiLatency> decoder(Path file, InputConfig input) {
    return switch (input.format()) {
      case JSON -> new ApiLatencyCodec(input.maxMessageBytes());
      case AVRO -> {
        var schemas = AvroFiles.load(file, "input", input, ApiLatencyAvroDecoder::requireReadable);
        yield new ApiLatencyAvroDecoder(
            JobSchemas.of(input.avro(), schemas), input.maxMessageBytes());
      }
    };
  }
}
