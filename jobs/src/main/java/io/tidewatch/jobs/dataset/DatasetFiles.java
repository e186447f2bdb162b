package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.dataset.LabelRule;
import io.tidewatch.analytics.dataset.Selection;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.JobFiles;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.SeriesCost;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.dataset.DatasetLabel;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.WindowSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a data set and what it names, but its source, which is not looked at here.
 *
 * @param file the configuration itself
 * @param model with the window of the data set
 * @param models all of them, that one among them
 */
public record DatasetFiles(
    Path file,
    DatasetConfig config,
    TelemetryModel model,
    TelemetryModels models,
    Selection selection,
    Path target)
    implements JobFiles {

  private static final String LABEL_OF_MESSAGE = "label";

  /**
   * @param given over the file, values by key at its top
   * @throws ConfigException when something cannot be used
   */
  public static DatasetFiles load(YamlLoader loader, Path file, Map<String, ?> given) {
    DatasetConfig config = loader.loadOver("dataset.yaml", file, given, DatasetConfig.class);
    TelemetryModels known = ModelFiles.load(loader, file.resolveSibling(config.models()));
    TelemetryModel model = model(file, config, known);
    TelemetryModels models = with(known, model);
    Selection selection = selection(config);
    requireRoomForAWindow(file, selection, model);
    try {
      FeatureNames.of(model);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("%s: model %s: %s".formatted(file, model.name(), e.getMessage()));
    }
    DatasetFiles files =
        new DatasetFiles(
            file,
            config,
            model,
            models,
            selection,
            file.resolveSibling(config.target()).toAbsolutePath().normalize());
    files.labelRule();
    files.requireEmbargo();
    StoredSources.check(file, config.source(), model, models, selection);
    if (selection.asOfMs() != Long.MAX_VALUE && !config.source().saysWhenKnown()) {
      throw files.refused(
          "as_of: must be given with a source that says when a reading became known only, was "
              + config.asOf());
    }
    return files;
  }

  private static TelemetryModel model(Path file, DatasetConfig config, TelemetryModels known) {
    TelemetryModel model = known.find(config.model());
    if (model == null) {
      throw new ConfigException(
          "%s: model: must be one of %s, was '%s'".formatted(file, known.names(), config.model()));
    }
    if (config.window().isEmpty()) {
      return model;
    }
    ModelWindow window = config.window().toWindow(file);
    return new TelemetryModel(
        model.name(),
        model.description(),
        model.fields(),
        model.unknownFields(),
        model.outOfRange(),
        window,
        model.cleaning(),
        model.features(),
        model.timeZone());
  }

  private static TelemetryModels with(TelemetryModels known, TelemetryModel model) {
    List<TelemetryModel> all = new ArrayList<>(known.all());
    all.replaceAll(each -> each.name().equals(model.name()) ? model : each);
    return TelemetryModels.of(all);
  }

  private static Selection selection(DatasetConfig config) {
    return new Selection(
        config.model(),
        new TreeSet<>(config.devices()),
        timeMs(DatasetConfig.time("from", config.from()), Long.MIN_VALUE),
        timeMs(DatasetConfig.time("to", config.to()), Long.MAX_VALUE),
        timeMs(DatasetConfig.time("as_of", config.asOf()), Long.MAX_VALUE));
  }

  private static long timeMs(@Nullable Instant time, long absent) {
    return time == null ? absent : time.toEpochMilli();
  }

  private static void requireRoomForAWindow(Path file, Selection range, TelemetryModel model) {
    if (range.fromMs() != Long.MIN_VALUE
        && range.toMs() != Long.MAX_VALUE
        && model.window() instanceof WindowSpec window
        && range.toMs() - range.fromMs() < window.sizeMs()) {
      throw new ConfigException(
          "%s: to: must be a window (%s) or more after from (%s), was %s"
              .formatted(
                  file,
                  window.size(),
                  Instant.ofEpochMilli(range.fromMs()),
                  Instant.ofEpochMilli(range.toMs())));
    }
  }

  /** The embargo of windows by points is looked at when their length is known. */
  private void requireEmbargo() {
    Duration given = config.split().givenEmbargo();
    if (config.split().by() == DatasetConfig.SplitConfig.Rule.TIME
        && given != null
        && model.window() instanceof WindowSpec window
        && given.compareTo(window.size()) < 0) {
      throw refused(
          "split.embargo: must be ≥ one window (%s), was %s".formatted(window.size(), given));
    }
  }

  /**
   * Looks up the source: what there is then is what is read.
   *
   * @throws ConfigException when it cannot be reached, or has not what is asked for
   */
  StoredTelemetry open() {
    return StoredSources.of(file, config.source(), model, models, selection);
  }

  /** None: a data set has no alerts. */
  @Override
  public List<AlertRule> rules() {
    return List.of();
  }

  /** None: a series lasts as long as its device is read, one after the other. */
  @Override
  public List<SeriesCost> series() {
    return List.of();
  }

  @Override
  public String summary() {
    return "model %s, %d features, source %s"
        .formatted(
            model.name(),
            FeatureColumns.of(model, labelRule()).names().size(),
            config.source().kind().name().toLowerCase(Locale.ROOT));
  }

  /** Whether rows have a label. */
  boolean labelled() {
    return !config.label().field().isEmpty();
  }

  /** Where the label of a row comes from, for its documents; null where rows have none. */
  @Nullable DatasetLabel label() {
    DatasetConfig.LabelConfig label = config.label();
    return labelled()
        ? new DatasetLabel(label.field(), label.ofWindow().name().toLowerCase(Locale.ROOT))
        : null;
  }

  /**
   * How rows come by their label.
   *
   * @throws ConfigException when there is no such field
   */
  LabelRule labelRule() {
    DatasetConfig.LabelConfig label = config.label();
    int field = LabelRule.OF_MESSAGE;
    if (labelled() && !label.field().equals(LABEL_OF_MESSAGE)) {
      List<String> names = model.fields().stream().map(TelemetryField::name).toList();
      field = names.indexOf(label.field());
      if (field < 0) {
        throw refused(
            "label.field: must be label or a field of the model %s %s, was '%s'"
                .formatted(model.name(), names, label.field()));
      }
    }
    return new LabelRule(field, label.ofWindow(), label.normal());
  }

  /** A refusal that begins with the file. */
  ConfigException refused(String why) {
    return new ConfigException(file + ": " + why);
  }
}
