package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ModelMessageDecoder;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.JobFiles;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.SeriesCost;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.codec.FeatureVectorDecoder;
import io.tidewatch.schemas.model.TelemetryModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of the anomaly job and what it names.
 *
 * @param names of all features of each telemetry model in the order of its vectors, by its name
 * @param selections those of them that are scored
 */
public record AnomalyFiles(
    AnomalyConfig config, Map<String, List<String>> names, Map<String, FeatureSelection> selections)
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
    for (TelemetryModel model :
        ModelFiles.load(loader, file.resolveSibling(config.models())).all()) {
      try {
        List<String> all = FeatureNames.of(model);
        names.put(model.name(), all);
        selections.put(model.name(), FeatureSelection.of(all, leftOut));
      } catch (IllegalArgumentException e) {
        throw new ConfigException("%s: model %s: %s".formatted(file, model.name(), e.getMessage()));
      }
    }
    return new AnomalyFiles(config, names, selections);
  }

  /** None: scores are told, alerts are raised elsewhere. */
  @Override
  public List<AlertRule> rules() {
    return List.of();
  }

  /** None: a key has a model and a history, both of a size that the configuration says. */
  @Override
  public List<SeriesCost> series() {
    return List.of();
  }

  /** How the rows of the input are read. */
  public FeatureVectorDecoder decoder() {
    return new FeatureVectorDecoder(names, config.input().maxMessageBytes());
  }

  /** How the messages of the topic of models are read. */
  public ModelMessageDecoder modelDecoder() {
    Map<String, List<String>> scored = new LinkedHashMap<>();
    selections.forEach((model, selection) -> scored.put(model, selection.features()));
    return new ModelMessageDecoder(scored, config.scoring().scope());
  }
}
