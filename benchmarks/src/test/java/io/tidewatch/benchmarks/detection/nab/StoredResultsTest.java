package io.tidewatch.benchmarks.detection.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What NAB's own scorer made of the stored rows of four detectors: {@code nab-stored/SOURCE.md}.
 */
class StoredResultsTest {
  private static final String FOLDER = "/nab-stored/";

  static Stream<String> storedScores() throws IOException {
    return lines(FOLDER + "scores.csv", false).stream().skip(1);
  }

  @ParameterizedTest
  @MethodSource("storedScores")
  void eachStoredScoreIsScoredAgainToTheSameFigures(String line) throws IOException {
    String[] stored = line.split(",", -1);
    Profile profile = profile(stored[1]);
    List<String> rows = lines(FOLDER + stored[2] + ".gz", true);
    int column = List.of(rows.get(0).split(",", -1)).indexOf(stored[0]);
    List<String[]> values = rows.stream().skip(1).map(row -> row.split(",", -1)).toList();
    double[] scores = values.stream().mapToDouble(row -> Double.parseDouble(row[column])).toArray();
    List<String> times = values.stream().map(row -> row[0]).toList();
    LabelledSeries series =
        new LabelledSeries(
            stored[2],
            new long[scores.length],
            new double[scores.length],
            windows(stored[2], times));

    Tally tally =
        new ScoredCorpus(List.of(series), List.of(scores))
            .tally(profile, Double.parseDouble(stored[3]), 0);

    assertThat(tally.score()).isCloseTo(Double.parseDouble(stored[4]), within(1e-6));
    assertThat(
            IntStream.of(
                tally.truePositives(),
                tally.trueNegatives(),
                tally.falsePositives(),
                tally.falseNegatives()))
        .containsExactly(
            Integer.parseInt(stored[5]),
            Integer.parseInt(stored[6]),
            Integer.parseInt(stored[7]),
            Integer.parseInt(stored[8]));
  }

  private static Profile profile(String key) {
    return Stream.of(Profile.values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static List<LabelWindow> windows(String path, List<String> times) throws IOException {
    try (InputStream json = open(FOLDER + "windows.json")) {
      List<LabelWindow> windows = new ArrayList<>();
      for (JsonNode window : new ObjectMapper().readTree(json).get(path)) {
        windows.add(
            new LabelWindow(
                times.indexOf(window.get(0).asText().replace(".000000", "")),
                times.indexOf(window.get(1).asText().replace(".000000", ""))));
      }
      return windows;
    }
  }

  private static List<String> lines(String resource, boolean gzipped) throws IOException {
    try (InputStream bytes = open(resource);
        InputStream plain = gzipped ? new GZIPInputStream(bytes) : bytes;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(StoredResultsTest.class.getResourceAsStream(resource), resource);
  }
}
