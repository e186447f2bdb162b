package io.tidewatch.jobs.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads the schemas that a job names by id. */
public final class AvroFiles {
  private AvroFiles() {}

  /**
   * The schemas by id; none when the job does not read Avro.
   *
   * @param file of the job, from whose folder relative paths count
   * @param section key that the input stands under, for errors
   * @param requireReadable throws {@link IllegalArgumentException} for a schema of no use
   * @throws ConfigException when a file cannot be read or holds such a schema
   */
  public static Map<Integer, String> load(
      Path file, String section, InputConfig input, Consumer<String> requireReadable) {
    Map<Integer, String> schemas = new TreeMap<>();
    if (input.format() == InputConfig.Format.AVRO) {
      new TreeMap<>(input.avro().schemas())
          .forEach(
              (id, path) -> {
                String key = "%s: %s.avro.schemas.%s: ".formatted(file, section, id);
                schemas.put(Integer.valueOf(id), load(key, file, path, requireReadable));
              });
    }
    return schemas;
  }

  private static String load(String key, Path file, String path, Consumer<String> requireReadable) {
    String schema;
    try {
      schema = Files.readString(file.resolveSibling(path));
    } catch (IOException | InvalidPathException e) {
      throw new ConfigException(key + "must be a readable file, was '" + path + "' (" + e + ")");
    }
    try {
      requireReadable.accept(schema);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key + path + ": " + e.getMessage());
    }
    return schema;
  }
}
