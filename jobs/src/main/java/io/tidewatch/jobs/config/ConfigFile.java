package io.tidewatch.jobs.config;

import java.nio.file.Path;

/** The command line of a job: {@code --config FILE}, nothing else. */
public final class ConfigFile {
  private ConfigFile() {}

  /** What a job does with its configuration file. */
  @FunctionalInterface
  public interface Body {
    void run(YamlLoader loader, Path file) throws Exception;
  }

  /**
   * Runs the job on the file that the arguments name.
   *
   * @throws ConfigException when the arguments are not {@code --config FILE}, or the file cannot be
   *     used
   */
  public static void run(String[] args, Body body) throws Exception {
    if (args.length != 2 || !args[0].equals("--config")) {
      throw new ConfigException(
          "arguments: must be --config FILE, was '" + String.join(" ", args) + "'");
    }
    body.run(YamlLoader.ofProcess(), Path.of(args[1]).toAbsolutePath());
  }
}
