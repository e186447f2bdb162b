package io.tidewatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidewatch.jobs.latency.LatencyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Configuration files of a test, and the environment they are read in. */
final class ConfigFolder {
  /** No message and no {@code toString} may hold it. */
  static final String CANARY = "canary-7f3a";

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  ConfigFolder(Path folder) {
    this.folder = folder;
  }

  ConfigFolder set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  YamlLoader loader() {
    return new YamlLoader(environment::get);
  }

  Path file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text as the configuration of the latency job, over the shipped one. */
  LatencyConfig latency(String text) {
    return loader().loadOver("latency.yaml", file("latency.yaml", text), LatencyConfig.class);
  }

  /** What is wrong, behind the name of the file. */
  String error(String name, ThrowingCallable read) {
    ConfigException e = catchThrowableOfType(ConfigException.class, read);
    assertThat(e).as("refused").isNotNull();
    assertThat(e.getMessage())
        .startsWith(folder.resolve(name).toString())
        .doesNotContain("\n", "\r", CANARY, "Jackson", "Json", "io.tidewatch", "java.lang");
    assertThat(e.getCause()).as("a cause would print what the message hides").isNull();
    return e.getMessage().substring(folder.resolve(name).toString().length());
  }

  /** What is wrong with the text as the configuration of the latency job. */
  String latencyError(String text) {
    return error("latency.yaml", () -> latency(text));
  }

  /** A file or folder of {@code flink-conf}. */
  static Path shipped(String relative) {
    return Path.of(System.getProperty("tidewatch.root", ".."), "flink-conf")
        .resolve(relative)
        .toAbsolutePath()
        .normalize();
  }
}
