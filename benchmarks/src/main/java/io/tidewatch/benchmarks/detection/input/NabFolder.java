package io.tidewatch.benchmarks.detection.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.benchmarks.detection.nab.LabelWindow;
import io.tidewatch.benchmarks.detection.nab.LabelledSeries;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder laid out as NAB's data: series in folders, which are their groups, and {@code
 * windows.json} beside these folders: {@code {"realTweets/a.csv": [["2015-03-02 21:22:53.000000",
 * "2015-03-04 …"], …]}}.
 *
 * @param series ordered by path
 * @param absent paths that {@code windows.json} names and that are not there; they are not scored
 */
public record NabFolder(List<LabelledSeries> series, List<String> absent) {
  private static final String WINDOWS = "windows.json";
  private static final String GZ = ".gz";
  private static final List<String> HEADER = List.of("timestamp", "value");

  /**
   * Reads all of it.
   *
   * @throws IllegalArgumentException when it is malformed, holds no series, or one that {@code
   *     windows.json} does not name; one line
   */
  public static NabFolder read(Path folder) throws IOException {
    Path windowsFile = folder.resolve(WINDOWS);
    if (!Files.isRegularFile(windowsFile)) {
      throw new IllegalArgumentException(
          "%s: must be there, with the windows of each series".formatted(windowsFile));
    }
    JsonNode windows = windows(windowsFile);
    SortedMap<String, Path> files = files(folder);
    List<LabelledSeries> series = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      JsonNode labels = windows.get(file.getKey());
      if (labels == null) {
        throw new IllegalArgumentException(
            "%s: must name %s, with [] where it has no windows"
                .formatted(windowsFile, file.getKey()));
      }
      series.add(series(file.getKey(), CsvTable.read(file.getValue()), labels, windowsFile));
    }
    List<String> absent = new ArrayList<>();
    windows.fieldNames().forEachRemaining(absent::add);
    absent.removeAll(files.keySet());
    if (series.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: must hold series, <group>/<name>.csv or .csv.gz, held none".formatted(folder));
    }
    return new NabFolder(List.copyOf(series), List.copyOf(absent));
  }

  private static SortedMap<String, Path> files(Path folder) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : tree.filter(CsvTable::isTable).filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        String key = path.endsWith(GZ) ? path.substring(0, path.length() - GZ.length()) : path;
        Path twin = files.put(key, file);
        if (twin != null) {
          throw new IllegalArgumentException(
              "%s: must be there once, was as %s too".formatted(file, twin.getFileName()));
        }
      }
    }
    return files;
  }

  private static LabelledSeries series(
      String path, CsvTable table, JsonNode labels, Path windowsFile) {
    if (!table.header().equals(HEADER)) {
      throw table.malformedHeader(String.join(",", HEADER));
    }
    long[] times = new long[table.rows()];
    double[] values = new double[table.rows()];
    for (int row = 0; row < times.length; row++) {
      try {
        times[row] = NabTime.parse(table.text(row, 0));
      } catch (DateTimeParseException e) {
        throw table.malformed(row, 0, "a time as 2014-04-10 16:15:00", e);
      }
      values[row] = table.number(row, 1);
    }
    if (!labels.isArray()) {
      throw malformed(windowsFile, path, labels, "a list of windows");
    }
    List<LabelWindow> windows = new ArrayList<>();
    int free = 0;
    for (JsonNode label : labels) {
      if (!label.isArray() || label.size() != 2) {
        throw malformed(windowsFile, path, label, "a first and a last time");
      }
      int first = row(times, label.get(0), path, windowsFile);
      int last = row(times, label.get(1), path, windowsFile);
      if (first < free || last < first) {
        throw malformed(windowsFile, path, label, "in order and behind the window before");
      }
      windows.add(new LabelWindow(first, last));
      free = last + 1;
    }
    return new LabelledSeries(path, times, values, windows);
  }

  /** NAB, too, wants each end of a window to be the time of exactly one row. */
  private static int row(long[] times, JsonNode end, String path, Path windowsFile) {
    int found = -1;
    try {
      long timeMs = NabTime.parse(end.asText());
      for (int row = 0; row < times.length; row++) {
        if (times[row] == timeMs) {
          if (found >= 0) {
            throw malformed(windowsFile, path, end, "the time of one row, not of several");
          }
          found = row;
        }
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          malformed(windowsFile, path, end, "a time as 2014-04-10 16:15:00.000000").getMessage(),
          e);
    }
    if (found < 0) {
      throw malformed(windowsFile, path, end, "the time of a row");
    }
    return found;
  }

  private static JsonNode windows(Path file) throws IOException {
    try {
      JsonNode windows = new ObjectMapper().readTree(Files.readString(file));
      if (!windows.isObject()) {
        throw new IllegalArgumentException(
            "%s: must be an object of paths and windows, was %s".formatted(file, shown(windows)));
      }
      return windows;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s:%d: must be JSON: %s"
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
  }

  private static IllegalArgumentException malformed(
      Path file, String path, JsonNode value, String expected) {
    return new IllegalArgumentException(
        "%s: %s: must be %s, was %s".formatted(file, path, expected, shown(value)));
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
