package io.tidewatch.jobs.bootstrap;

import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.dataset.FeatureQuery;
import io.tidewatch.jobs.dataset.SourceConfig;
import io.tidewatch.schemas.dataset.DatasetSource;
import io.tidewatch.schemas.derived.FeatureVector;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Stored readings of devices, of which the windows are made anew as the data set job makes them: by
 * the operators of the live job, so with the same values.
 *
 * @param config of `tidewatch dataset`, of which the source is taken
 * @param flink makes the windows
 */
public record Readings(Path config, Supplier<StreamExecutionEnvironment> flink) {

  /**
   * Hands on the windows that are wanted.
   *
   * @param models folder of the telemetry models of the anomaly job
   * @return where they were read, in one line
   * @throws io.tidewatch.jobs.config.ConfigException when the source cannot be reached, or has not
   *     what is wanted
   */
  String read(
      YamlLoader loader,
      Path models,
      SourceConfig.Kind kind,
      WantedWindows wanted,
      Consumer<FeatureVector> windows)
      throws Exception {
    return new FeatureQuery(
            flink.get(), loader, config, over(models, kind, wanted), Clock.systemUTC())
        .windows(windows).origin().sources().stream()
            .map(Readings::line)
            .collect(Collectors.joining("; "));
  }

  /** Over the file: the models and windows of the anomaly job, and what is wanted. */
  private static Map<String, Object> over(
      Path models, SourceConfig.Kind kind, WantedWindows wanted) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("models", models.toAbsolutePath().toString());
    given.put("model", wanted.model().name());
    given.put("window", Map.of("size", ""));
    given.put("label", Map.of("field", ""));
    given.put("source", Map.of("kind", kind.name().toLowerCase(Locale.ROOT)));
    if (wanted.device() != null) {
      given.put("devices", List.of(wanted.device()));
    }
    if (wanted.from() != null) {
      given.put("from", wanted.from().toString());
    }
    if (wanted.to() != null) {
      given.put("to", wanted.to().toString());
    }
    return given;
  }

  private static String line(DatasetSource source) {
    return source instanceof DatasetSource.Query query
        ? query.url() + ", " + query.query()
        : source.toString();
  }
}
