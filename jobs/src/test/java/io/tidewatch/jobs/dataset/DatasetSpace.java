package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.config.YamlLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A folder with telemetry, a model of a press, and what data sets are made of them. */
final class DatasetSpace {
  static final long START_MS = Instant.parse("2026-03-01T23:50:00Z").toEpochMilli();
  static final int SECONDS = 1_200;

  /** Two fields, windows of 10 s each 5 s. */
  private static final String PRESS =
      """
      name: press
      description: a press
      unknown_fields: reject
      out_of_range: missing
      window: {size: PT10S, slide: PT5S}
      fields:
        - {name: force, unit: N, valid_range: [0, 1000]}
        - {name: heat, unit: Cel, valid_range: [null, null]}
      features: [mean, std, min, max, last]
      """;

  private final Path folder;

  DatasetSpace(Path folder) {
    this.folder = folder;
    write("models/press.yaml", PRESS);
    write("readings.csv", readings());
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Three devices, a reading a second over midnight, not in order; each reading 2 s later known.
   */
  static String readings() {
    List<String> lines = new ArrayList<>();
    lines.add("timestamp,device_id,force,heat,label,known");
    for (int second = 0; second < SECONDS; second++) {
      int at = second % 2 == 0 && second + 1 < SECONDS ? second + 1 : second - second % 2;
      for (int device = 0; device < 3; device++) {
        lines.add(line(device, at));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(int device, int second) {
    long timeMs = START_MS + second * 1000L;
    double force = 400 + 100 * Math.sin(second / 17.0 + device) + (second % 97 == 0 ? 700 : 0);
    String heat = second % 13 == 5 ? "" : Double.toString(20 + device + second / 300.0);
    boolean fault = second / 60 % 4 == 3;
    return "%d,press-%d,%s,%s,%s,%d"
        .formatted(timeMs, device, force, heat, fault ? "1" : "0", timeMs + 2000);
  }

  /** The configuration over the shipped one: the readings and {@code yaml}. */
  Path config(String yaml) {
    List<String> lines = new ArrayList<>();
    for (String line :
        List.of(
            "models: models",
            "model: press",
            "source: {kind: files, files: {paths: [readings.csv], columns: {label: label, known: known}}}",
            "target: out")) {
      String key = line.substring(0, line.indexOf(':') + 1);
      if (yaml.lines().noneMatch(given -> given.startsWith(key))) {
        lines.add(line);
      }
    }
    return write("dataset.yaml", String.join("\n", lines) + "\n" + yaml);
  }

  DatasetJob.Result run(String yaml) throws Exception {
    return run(yaml, 2);
  }

  DatasetJob.Result run(String yaml, int parallelism) throws Exception {
    return run(config(yaml), Map.of(), parallelism);
  }

  DatasetJob.Result run(Path config, Map<String, ?> given, int parallelism) throws Exception {
    return DatasetJob.run(
        environment(parallelism),
        new YamlLoader(Map.<String, String>of()::get),
        config,
        given,
        Clock.fixed(Instant.parse("2026-04-01T00:00:00Z"), ZoneOffset.UTC));
  }

  /** A cluster of its own for each job, with the strictness of the shipped configuration. */
  static StreamExecutionEnvironment environment(int parallelism) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  /** Bytes of all files below a folder by their name; none when it is not there. */
  Map<String, byte[]> files(String name) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Path root = folder.resolve(name);
    if (Files.exists(root)) {
      try (Stream<Path> tree = Files.walk(root)) {
        for (Path file : tree.filter(Files::isRegularFile).toList()) {
          files.put(root.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  /** Names in the folder, hidden ones too. */
  List<String> names() throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** What DuckDB says; {@code rows} stands for the data set. */
  List<List<Object>> query(String sql) throws SQLException {
    String from =
        "read_parquet('%s/*/*/*.parquet', hive_partitioning = true)"
            .formatted(folder.resolve("out"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql.replace("rows", from))) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
