package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.alert.ScoreSeries;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ModelMessageDecoder;
import io.tidewatch.analytics.series.DeviceSeries;
import io.tidewatch.analytics.series.EndpointSeries;
import io.tidewatch.analytics.series.SeriesDeviations;
import io.tidewatch.analytics.series.SeriesKey;
import io.tidewatch.jobs.config.AvroFiles;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.InputConfig;
import io.tidewatch.jobs.config.JobFiles;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.RuleFiles;
import io.tidewatch.jobs.config.SeriesCost;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.source.JobSchemas;
import io.tidewatch.schemas.codec.FeatureVectorAvroDecoder;
import io.tidewatch.schemas.codec.FeatureVectorDecoder;
import io.tidewatch.schemas.codec.LatencyWindowCodec;
import io.tidewatch.schemas.codec.MessageDecoder;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The configuration of the anomaly job and what it names.
 *
 * @param decoder of the rows of the input
 * @param models all telemetry models
 * @param names of all features of each telemetry model in the order of its vectors, by its name
 * @param selections those of them that are scored as a row
 * @param deviceSeries those of them that are scored each by itself
 * @param endpointSeries metrics of endpoints that are
 * @param deviations of both that are worth a message
 * @param rules that are held against the scores
 */
public record AnomalyFiles(
    AnomalyConfig config,
    MessageDecoder<FeatureVector> decoder,
    TelemetryModels models,
    Map<String, List<String>> names,
    Map<String, FeatureSelection> selections,
    DeviceSeries deviceSeries,
    EndpointSeries endpointSeries,
    SeriesDeviations deviations,
    List<AlertRule> rules)
    implements JobFiles {

  /** The key of the configuration that names the topic of models. */
  public static final String MODELS_TOPIC = "output.models_topic";

  /**
   * Reads the configuration over the shipped one, and what it names.
   *
   * @throws ConfigException when one of the files cannot be used
   */
  public static AnomalyFiles load(YamlLoader loader, Path file) {
    AnomalyConfig config = loader.loadOver("anomaly.yaml", file, AnomalyConfig.class);
    Map<String, List<String>> names = new LinkedHashMap<>();
    Map<String, FeatureSelection> selections = new LinkedHashMap<>();
    Set<String> leftOut = Set.copyOf(config.features().leaveOut());
    try {
      ForestEngines.named(config.scoring().forest().engine());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": scoring." + e.getMessage());
    }
    TelemetryModels models = ModelFiles.load(loader, file.resolveSibling(config.models()));
    for (TelemetryModel model : models.all()) {
      try {
        List<String> all = FeatureNames.of(model);
        names.put(model.name(), all);
        selections.put(model.name(), FeatureSelection.of(all, leftOut));
      } catch (IllegalArgumentException e) {
        throw new ConfigException("%s: model %s: %s".formatted(file, model.name(), e.getMessage()));
      }
    }
    DeviceSeries deviceSeries = deviceSeries(file, models, config.series());
    EndpointSeries endpointSeries = endpointSeries(file, config.series());
    return new AnomalyFiles(
        config,
        decoder(file, config.input(), names),
        models,
        names,
        selections,
        deviceSeries,
        endpointSeries,
        deviations(file, config.series(), scored(models, deviceSeries, endpointSeries)),
        RuleFiles.load(file.resolveSibling(config.alerting().rules()), new ScoreSeries()).rules());
  }

  private static MessageDecoder<FeatureVector> decoder(
      Path file, InputConfig input, Map<String, List<String>> names) {
    return switch (input.format()) {
      case JSON -> new FeatureVectorDecoder(names, input.maxMessageBytes());
      case AVRO -> {
        var schemas =
            AvroFiles.load(file, "input", input, FeatureVectorAvroDecoder::requireReadable);
        yield new FeatureVectorAvroDecoder(
            JobSchemas.of(input.avro(), schemas), names, input.maxMessageBytes());
      }
    };
  }

  private static DeviceSeries deviceSeries(Path file, TelemetryModels models, SeriesConfig series) {
    try {
      return DeviceSeries.of(models.all(), series.devices());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": series.devices" + e.getMessage());
    }
  }

  private static EndpointSeries endpointSeries(Path file, SeriesConfig series) {
    try {
      return new EndpointSeries(series.endpointSelectors());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": series.endpoints" + e.getMessage());
    }
  }

  /** Names of the single metrics that are scored, by model. */
  private static Map<String, List<String>> scored(
      TelemetryModels models, DeviceSeries devices, EndpointSeries endpoints) {
    Map<String, List<String>> scored = new TreeMap<>();
    models.all().forEach(model -> scored.put(model.name(), devices.metrics(model.name())));
    scored.put(SeriesKey.LATENCY, endpoints.metrics());
    return scored;
  }

  private static SeriesDeviations deviations(
      Path file, SeriesConfig series, Map<String, List<String>> scored) {
    try {
      SeriesDeviations deviations = series.deviations();
      deviations.requireAmong(scored);
      return deviations;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": series.decisions" + e.getMessage());
    }
  }

  /** None: a key has a model and a history, both of a size that the configuration says. */
  @Override
  public List<SeriesCost> series() {
    return List.of();
  }

  @Override
  public List<List<String>> costs(long keys) {
    return DetectorCosts.table(
        models.all(), deviceSeries, endpointSeries, config.series().rules(), keys);
  }

  /** How latency windows are read. */
  public LatencyWindowCodec latencyDecoder() {
    return new LatencyWindowCodec(config.input().maxMessageBytes());
  }

  /** How the messages of the topic of models are read. */
  public ModelMessageDecoder modelDecoder() {
    Map<String, List<String>> scored = new LinkedHashMap<>();
    selections.forEach((model, selection) -> scored.put(model, selection.features()));
    return new ModelMessageDecoder(scored, config.scoring().scope());
  }
}
