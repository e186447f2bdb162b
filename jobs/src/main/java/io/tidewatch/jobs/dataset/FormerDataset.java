package io.tidewatch.jobs.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.schemas.dataset.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a data set of this job from whatever else a folder may hold. */
final class FormerDataset {
  static final String STATISTICS = "_stats.json";
  static final String SCALER = "_scaler.json";
  static final String SUCCESS = "_SUCCESS";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What stands in each {@code _stats.json}, of whatever version. */
  private static final List<String> STATISTICS_KEYS =
      List.of("format", "model", "code_version", "created_at", "features");

  private static final Pattern OURS =
      Pattern.compile(
          "_SUCCESS|_stats\\.json|_scaler\\.json|split=(%s)(/dt=\\d{4,}-\\d\\d-\\d\\d(/part-\\d{5,}\\.parquet)?)?"
              .formatted(
                  Arrays.stream(Part.values())
                      .map(Part::directory)
                      .collect(Collectors.joining("|"))));

  private FormerDataset() {}

  /**
   * What is in a folder that is not of a data set, in words.
   *
   * @return null when it is absent, empty, or a data set and nothing else
   */
  static @Nullable String foreign(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return "a file or a link in its place";
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> inside = tree.filter(path -> !path.equals(folder)).sorted().toList();
      for (Path path : inside) {
        String name = folder.relativize(path).toString();
        if (!OURS.matcher(name).matches() || Files.isSymbolicLink(path)) {
          return "the foreign file '" + name + "'";
        }
      }
      return inside.isEmpty() || isStatistics(folder.resolve(STATISTICS))
          ? null
          : "files but no _stats.json of a data set";
    } catch (IOException e) {
      return "what cannot be read (" + e + ")";
    }
  }

  private static boolean isStatistics(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      JsonNode statistics = JSON.readTree(file.toFile());
      return STATISTICS_KEYS.stream().allMatch(statistics::has);
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
