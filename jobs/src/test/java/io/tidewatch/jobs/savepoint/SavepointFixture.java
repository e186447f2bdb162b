package io.tidewatch.jobs.savepoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A savepoint of a version, in one file, with the configuration of the job that wrote it and what
 * that job had told. The messages it had read come again from {@link SeededInput}.
 *
 * @param version as in the name of its folder
 * @param job {@code telemetry}, {@code latency} or {@code anomaly}
 */
record SavepointFixture(String version, String job) {
  private static final Path FOLDER = Path.of("src", "test", "resources", "savepoints");

  /** All there are of a job. */
  static List<SavepointFixture> of(String job) {
    try (Stream<Path> versions = Files.list(FOLDER)) {
      return versions
          .map(version -> new SavepointFixture(version.getFileName().toString(), job))
          .sorted((one, other) -> one.version.compareTo(other.version))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return FOLDER.resolve(version).resolve(job).toAbsolutePath();
  }

  Path config() {
    return folder().resolve("job.yaml");
  }

  /** The file that is the savepoint. */
  Path metadata() {
    return folder().resolve("_metadata");
  }

  /** What a job is started with to go on from it. */
  String uri() {
    return folder().toUri().toString();
  }

  /** What the topics and the consumer group of that job begin with. */
  String space() {
    return "savepoint-" + version + "-" + job;
  }

  /** The rules of its file. */
  String rules() {
    return text("rules.yaml");
  }

  /** The rule that it was told by topic. */
  String toldRule() {
    return text("told-rule.yaml");
  }

  /** Ids of the alert events that it had told. */
  List<String> toldAlerts() {
    return text("told-alerts.txt").lines().toList();
  }

  /** Models that it had told, as in their topic. */
  List<String> toldModels() {
    return text("told-models.txt").lines().toList();
  }

  void keep(Path savepoint, List<String> alerts, List<String> models) throws IOException {
    // Names of files that could have been, if the state were larger: only told apart by their ends.
    String folder = savepoint.toString();
    String bytes = Files.readString(savepoint.resolve("_metadata"), ISO_8859_1);
    Files.writeString(metadata(), bytes.replace(folder, "_".repeat(folder.length())), ISO_8859_1);
    Files.write(folder().resolve("told-alerts.txt"), alerts);
    Files.write(folder().resolve("told-models.txt"), models);
  }

  private String text(String file) {
    try {
      return Files.readString(folder().resolve(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return version;
  }
}
