package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.dataset.DatasetSource;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.udfs.decode.Inbound;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Files of a file system that all processes reach; a file is read by one subtask. */
final class StoredFiles implements StoredTelemetry {
  private static final String PATHS = "files.paths: ";

  private final List<Path> files;
  private final List<DatasetSource> pieces;
  private final ReadFileFunction reader;

  private StoredFiles(List<Path> files, List<DatasetSource> pieces, ReadFileFunction reader) {
    this.files = files;
    this.pieces = pieces;
    this.reader = reader;
  }

  /**
   * Looks at the configuration only.
   *
   * @throws IllegalArgumentException naming key, rule and value
   */
  static void check(SourceConfig.Files config, TelemetryModel model) {
    if (config.paths().isEmpty()) {
      throw new IllegalArgumentException(PATHS + "must name at least one file, was empty");
    }
    if (config.format() == SourceConfig.Format.CSV) {
      StoredColumns.requireFields("files.", config.columns(), model);
    }
  }

  /**
   * @param file of the job, from whose folder relative paths count
   * @throws ConfigException when a file cannot be read, stands twice, or lacks a column
   */
  static StoredFiles of(
      Path file, SourceConfig.Files config, TelemetryModel model, TelemetryModels models) {
    List<Path> paths = new ArrayList<>();
    List<DatasetSource> pieces = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (String each : config.paths()) {
      try {
        Path path = file.resolveSibling(each).toRealPath();
        if (!seen.add(path)) {
          throw new ConfigException(
              file + ": source." + PATHS + "must name each file once, was twice '" + each + "'");
        }
        if (config.format() == SourceConfig.Format.CSV) {
          requireColumns(file, path, each, config.columns(), model);
        }
        pieces.add(
            new DatasetSource.File(
                each, config.format().name().toLowerCase(Locale.ROOT), Files.size(path)));
        paths.add(path);
      } catch (IOException | InvalidPathException e) {
        throw new ConfigException(
            "%s: source.%smust be readable files, was '%s' (%s)".formatted(file, PATHS, each, e));
      }
    }
    boolean csv = config.format() == SourceConfig.Format.CSV;
    return new StoredFiles(
        paths,
        pieces,
        csv
            ? new ReadFileFunction(new CsvLines(model, config.columns()))
            : new ReadFileFunction(new NdjsonLines(new TelemetryCodec(models))));
  }

  private static void requireColumns(
      Path file, Path path, String shown, SourceConfig.Columns columns, TelemetryModel model)
      throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      String header = lines.readLine();
      StoredColumns.of(header == null ? "" : header, columns, model);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "%s: source.files.%s in '%s'".formatted(file, e.getMessage(), shown));
    }
  }

  @Override
  public DataStream<Inbound<KnownTelemetry>> read(StreamExecutionEnvironment env) {
    return env.fromData(files.stream().map(Path::toString).toList(), Types.STRING)
        .uid(DatasetUids.SOURCE)
        .name(DatasetUids.SOURCE)
        .rebalance()
        .flatMap(reader, Inbound.typeInfo(KnownTelemetry.class))
        .uid(DatasetUids.READ)
        .name(DatasetUids.READ);
  }

  @Override
  public List<DatasetSource> pieces() {
    return pieces;
  }
}
