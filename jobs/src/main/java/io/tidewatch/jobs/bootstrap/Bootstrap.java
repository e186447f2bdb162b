package io.tidewatch.jobs.bootstrap;

import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.analytics.model.ModelTrainer;
import io.tidewatch.analytics.model.PastRows;
import io.tidewatch.analytics.model.ReservoirRow;
import io.tidewatch.jobs.anomaly.AnomalyFiles;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.dataset.SourceConfig;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ForestArtifact;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains models of the anomaly job from what is stored, so that a new deployment scores from its
 * first row on. Settings, seed, rows that are left out, and the sample that is trained from are
 * those of the job: of the same windows comes the model that the job would have trained behind the
 * last of them.
 */
public final class Bootstrap {
  private final YamlLoader loader;
  private final Path file;
  private final AnomalyFiles files;
  private final Path models;
  private final String modelKey;
  private final WantedWindows wanted;
  private final FeatureSelection selection;

  /**
   * @param file configuration of the anomaly job
   * @param modelKey {@code <model>}, or {@code <model>/<device>} with models of devices, of which
   *     {@code <model>} means all
   * @param from windows that begin then or later; null for no limit
   * @param to windows that end then or before; null for no limit
   * @throws ConfigException when the configuration cannot be used, or there is no such model
   */
  public Bootstrap(
      YamlLoader loader, Path file, String modelKey, @Nullable Instant from, @Nullable Instant to) {
    this.loader = loader;
    this.file = file;
    this.files = AnomalyFiles.load(loader, file);
    this.models = file.resolveSibling(files.config().models());
    this.modelKey = modelKey;
    String model = ModelScope.model(modelKey);
    List<String> names = files.names().get(model);
    FeatureSelection scored = files.selections().get(model);
    if (names == null || scored == null) {
      throw new ConfigException(
          "--model: must be one of %s, was '%s'".formatted(files.names().keySet(), modelKey));
    }
    if (files.config().scoring().scope() == ModelScope.FLEET && !model.equals(modelKey)) {
      throw new ConfigException(
          "--model: must name no device with scoring.scope fleet, was '%s'".formatted(modelKey));
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new ConfigException("--to: must be after --from (%s), was %s".formatted(from, to));
    }
    this.selection = scored;
    this.wanted =
        WantedWindows.of(ModelFiles.load(loader, models).get(model), names, modelKey, from, to);
  }

  /**
   * What was trained.
   *
   * @param models one a key, in the order of their keys; at least one
   * @param withoutModel keys that had too few rows
   * @param read windows that were read
   * @param learnt those of them that were learnt
   * @param origin where they were read, in one line
   */
  public record Trained(
      List<ForestArtifact> models,
      List<String> withoutModel,
      long read,
      long learnt,
      String origin) {}

  /** The configuration of the job, and what it names. */
  public AnomalyFiles files() {
    return files;
  }

  /**
   * Of the windows in {@code device_features} where it has what is wanted, else of readings.
   *
   * @param readings null when there are none
   * @throws ConfigException when neither can be trained from
   */
  public Trained fromPostgres(@Nullable Readings readings) throws Exception {
    FeatureTable table = new FeatureTable(file, files.config().postgres());
    PastRows rows = pastRows();
    Optional<String> lack = table.read(wanted, rows::add);
    if (lack.isEmpty()) {
      return trained(rows, table.address() + ", " + FeatureTable.NAME);
    }
    if (readings == null) {
      throw new ConfigException(
          lack.get() + "; to make windows of stored readings, name their source with --readings");
    }
    return fromReadings(readings, SourceConfig.Kind.POSTGRES);
  }

  /**
   * Of readings in TDengine.
   *
   * @throws ConfigException when nobody can train from them
   */
  public Trained fromTdengine(Readings readings) throws Exception {
    return fromReadings(readings, SourceConfig.Kind.TDENGINE);
  }

  /**
   * Of the windows of a data set.
   *
   * @throws ConfigException when nobody can train from them
   */
  public Trained fromDataset(Path folder) {
    PastRows rows = pastRows();
    new FeatureFolder(folder).read(wanted, rows::add);
    return trained(rows, "data set " + folder);
  }

  private Trained fromReadings(Readings readings, SourceConfig.Kind kind) throws Exception {
    PastRows rows = pastRows();
    String origin = readings.read(loader, models, kind, wanted, rows::add);
    return trained(rows, origin);
  }

  private PastRows pastRows() {
    return new PastRows(files.config().scoring(), selection);
  }

  private Trained trained(PastRows rows, String origin) {
    ModelSettings settings = files.config().scoring();
    ModelTrainer trainer =
        new ModelTrainer(
            ForestEngines.named(settings.forest().engine()),
            settings.forest(),
            settings.threshold());
    String line = oneLine(origin);
    List<ForestArtifact> models = new ArrayList<>();
    List<String> withoutModel = new ArrayList<>();
    for (String key : rows.keys()) {
      List<ReservoirRow> history = rows.history(key);
      if (history.size() < settings.training().warmUpRows()) {
        withoutModel.add(key);
      } else {
        models.add(trainer.train(key, selection.features(), history).artifact().readFrom(line));
      }
    }
    if (models.isEmpty()) {
      throw new ConfigException(
          "%s: must have at least %d windows to train from (scoring.training.warm_up_rows), had %d; read were %d from %s"
              .formatted(
                  modelKey,
                  settings.training().warmUpRows(),
                  rows.keys().stream().mapToInt(key -> rows.history(key).size()).max().orElse(0),
                  rows.read(),
                  line));
    }
    return new Trained(models, withoutModel, rows.read(), rows.learnt(), line);
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    int most = ModelMessageCodec.MAX_ORIGIN_CHARS;
    return line.codePointCount(0, line.length()) <= most
        ? line
        : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }
}
