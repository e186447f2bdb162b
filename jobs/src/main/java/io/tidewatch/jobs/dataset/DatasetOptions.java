package io.tidewatch.jobs.dataset;

import io.tidewatch.jobs.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the data set job.
 *
 * @param config the file
 * @param given over it, values by key at its top
 */
public record DatasetOptions(Path config, Map<String, Object> given) {
  private static final String USAGE =
      "arguments: must be --config FILE [--model M] [--device D]… [--from T] [--to T] [--as-of T] [--target DIR], was '%s'";

  /**
   * @param target counts from the working directory, not from the file as in the file
   * @param devices none leaves those of the file
   */
  public static DatasetOptions of(
      Path config,
      @Nullable String model,
      List<String> devices,
      @Nullable String from,
      @Nullable String to,
      @Nullable String asOf,
      @Nullable Path target) {
    Map<String, Object> given = new LinkedHashMap<>();
    put(given, "model", model);
    put(given, "devices", devices.isEmpty() ? null : List.copyOf(devices));
    put(given, "from", from);
    put(given, "to", to);
    put(given, "as_of", asOf);
    put(given, "target", target == null ? null : target.toAbsolutePath().toString());
    return new DatasetOptions(config.toAbsolutePath(), given);
  }

  private static void put(Map<String, Object> given, String key, @Nullable Object value) {
    if (value != null) {
      given.put(key, value);
    }
  }

  /**
   * @throws ConfigException when they are others
   */
  static DatasetOptions parse(String[] args) {
    Map<String, String> once = new LinkedHashMap<>();
    List<String> devices = new ArrayList<>();
    ConfigException wrong = new ConfigException(USAGE.formatted(String.join(" ", args)));
    if (args.length % 2 != 0) {
      throw wrong;
    }
    for (int i = 0; i < args.length; i += 2) {
      switch (args[i]) {
        case "--device" -> devices.add(args[i + 1]);
        case "--config", "--model", "--from", "--to", "--as-of", "--target" -> {
          if (once.put(args[i], args[i + 1]) != null) {
            throw wrong;
          }
        }
        default -> throw wrong;
      }
    }
    String config = once.get("--config");
    if (config == null) {
      throw wrong;
    }
    String target = once.get("--target");
    return of(
        Path.of(config),
        once.get("--model"),
        devices,
        once.get("--from"),
        once.get("--to"),
        once.get("--as-of"),
        target == null ? null : Path.of(target));
  }
}
