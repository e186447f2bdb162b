package io.tidewatch.jobs.telemetry;

import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.FeatureAggregate;
import io.tidewatch.jobs.config.AvroFiles;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.JobFiles;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.RuleFiles;
import io.tidewatch.jobs.config.SeriesCost;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.source.JobSchemas;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.codec.TelemetryAvroDecoder;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryModels;
import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of the telemetry job and what it names.
 *
 * @param decoder of its messages
 */
public record TelemetryFiles(
    TelemetryConfig config,
    TelemetryModels models,
    MessageDecoder<DeviceTelemetry> decoder,
    List<AlertRule> rules,
    List<SeriesCost> series)
    implements JobFiles {

  /**
   * Reads the configuration over the shipped one, and what it names.
   *
   * @throws ConfigException when one of the files cannot be used
   */
  public static TelemetryFiles load(YamlLoader loader, Path file) {
    TelemetryConfig config = loader.loadOver("telemetry.yaml", file, TelemetryConfig.class);
    Path folder = file.resolveSibling(config.models());
    TelemetryModels models = ModelFiles.load(loader, folder);
    return new TelemetryFiles(
        config,
        models,
        decoder(file, "input", config.input(), models),
        RuleFiles.load(file.resolveSibling(config.alerting().rules()), new FeatureSeries(models))
            .rules(),
        series(config, folder, models));
  }

  /**
   * How the messages of a topic are read.
   *
   * @param section key that the input stands under, for errors
   */
  public static MessageDecoder<DeviceTelemetry> decoder(
      Path file, String section, InputConfig input, TelemetryModels models) {
    return switch (input.format()) {
      case JSON -> new TelemetryCodec(models, input.maxMessageBytes());
      case AVRO -> {
        var schemas = AvroFiles.load(file, section, input, TelemetryAvroDecoder::requireReadable);
        yield new TelemetryAvroDecoder(
            JobSchemas.of(input.avro(), schemas), models, input.maxMessageBytes());
      }
    };
  }

  private static List<SeriesCost> series(
      TelemetryConfig config, Path folder, TelemetryModels models) {
    FeatureAggregate aggregate;
    try {
      aggregate = new FeatureAggregate(models);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(folder + ": " + e.getMessage());
    }
    return models.names().stream()
        .map(
            name -> {
              Path file = folder.resolve(name + ".yaml");
              DeviceKey key = new DeviceKey(name, "");
              return models.get(name).window() instanceof PointWindowSpec points
                  ? SeriesCost.byPoints(name, file, points, aggregate, key)
                  : SeriesCost.byTime(name, file, aggregate, key, config.eventTime());
            })
        .toList();
  }
}
