package io.tidewatch.cli.notifier;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.notifier.config.NotifierConfig;
import io.tidewatch.notifier.config.NotifierFile;
import java.nio.file.Path;

/** The file of the notifier, over the shipped one. */
public final class NotifierConfigFile {
  private NotifierConfigFile() {}

  /**
   * Reads it.
   *
   * @throws ConfigException when it cannot be read or its content cannot be used
   */
  public static NotifierConfig load(YamlLoader loader, Path file) {
    NotifierFile content = loader.loadOver("notifier.yaml", file, NotifierFile.class);
    try {
      return content.toConfig();
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": " + e.getMessage());
    }
  }
}
