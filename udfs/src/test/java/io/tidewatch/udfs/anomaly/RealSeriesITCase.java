package io.tidewatch.udfs.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.detect.Judgement;
import io.tidewatch.analytics.detect.SeriesDetector;
import io.tidewatch.analytics.series.SeriesDeviations;
import io.tidewatch.analytics.series.SeriesKey;
import io.tidewatch.analytics.series.SeriesRow;
import io.tidewatch.analytics.series.SeriesRules;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.ModelState;
import io.tidewatch.testkit.RealTelemetry;
import io.tidewatch.udfs.KeyedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.Test;

/** The operator of single metrics on the shared series of NAB, beside the loop of the benchmark. */
class RealSeriesITCase {
  private static final Pattern FILE = Pattern.compile("\"([^\"]+\\.csv)\": \\[");
  private static final Pattern TIME = Pattern.compile("\"(\\d{4}-[^\"]{14,24})\"");
  private static final double ONE_IN_A_THOUSAND = 0.001;
  private static final SeriesRules RULES = new SeriesRules(100, 100, Duration.ofDays(7));

  /** Rows as the job would see them; a time that repeats or goes back is no later window. */
  private record Labelled(SeriesKey key, List<SeriesRow> rows, List<long[]> windows) {

    boolean isLabelled(AnomalyScore score) {
      return windows.stream()
          .anyMatch(window -> window[0] <= score.windowEndMs() && score.windowEndMs() <= window[1]);
    }
  }

  @Test
  void scoresEachRowAsTheBenchmarkDoesAndAlertsOnHardlyAnyUsualOne() throws Exception {
    List<Labelled> all = series(RealTelemetry.present("nab"));
    assertThat(all).isNotEmpty();
    Map<SeriesKey, List<AnomalyScore>> told = new HashMap<>();
    try (KeyedRun<SeriesKey, SeriesRow, AnomalyScore> run =
        new KeyedRun<>(
            new SeriesScoreFunction(RULES, SeriesDeviations.ANY),
            SeriesRow::key,
            TypeInformation.of(SeriesKey.class))) {
      int longest = all.stream().mapToInt(series -> series.rows().size()).max().orElseThrow();
      for (int row = 0; row < longest; row++) {
        if (row == 1_000 || row == 3_000) {
          run.restart(new SeriesScoreFunction(RULES, SeriesDeviations.ANY), row == 1_000 ? 2 : 1);
        }
        for (Labelled series : all) {
          if (row < series.rows().size()) {
            run.add(series.rows().get(row), series.rows().get(row).windowEndMs());
          }
        }
      }
      run.results()
          .forEach(
              score ->
                  told.computeIfAbsent(
                          new SeriesKey(score.model(), score.entity(), score.metric()),
                          key -> new ArrayList<>())
                      .add(score));
    }

    long usual = 0;
    long alerts = 0;
    for (Labelled series : all) {
      List<AnomalyScore> scores = told.get(series.key());
      assertSame(series, scores);
      for (AnomalyScore score : scores) {
        if (!series.isLabelled(score)) {
          usual++;
          alerts += score.anomaly() ? 1 : 0;
        }
      }
    }
    assertThat((double) alerts / usual)
        .as("%d alerts in %d rows outside of labelled windows", alerts, usual)
        .isLessThanOrEqualTo(ONE_IN_A_THOUSAND);
  }

  private static void assertSame(Labelled series, List<AnomalyScore> scores) {
    SeriesDetector plain = SeriesDetector.create(DetectorSettings.shipped(), 0);
    long newestMs = Long.MIN_VALUE;
    int told = 0;
    for (SeriesRow row : series.rows()) {
      if (row.windowEndMs() <= newestMs) {
        continue;
      }
      newestMs = row.windowEndMs();
      Judgement judgement = plain.next(row.windowEndMs(), row.value());
      AnomalyScore said = scores.get(told++);
      assertThat(said.windowEndMs()).isEqualTo(row.windowEndMs());
      boolean active = said.status().state() == ModelState.ACTIVE;
      assertThat(active ? said.score() : 0)
          .as("%s %s", series.key(), said)
          .isEqualTo(judgement.surprise());
      assertThat(said.anomaly()).isEqualTo(judgement.score() >= 0.5);
      assertThat(said.beyond()).isEqualTo(judgement.surprise() >= 0.5);
    }
    assertThat(scores).hasSize(told);
  }

  private static List<Labelled> series(Path folder) throws IOException {
    Map<String, List<long[]>> windows = windows(folder.resolve("windows.json"));
    List<Labelled> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).sorted().toList()) {
        String name = folder.relativize(file).toString();
        SeriesKey key = new SeriesKey("metric", name, "value_mean");
        List<SeriesRow> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
          String[] columns = line.split(",", -1);
          long endMs = timeMs(columns[0]);
          rows.add(
              new SeriesRow(key, endMs - 60_000, endMs, Double.parseDouble(columns[1]), false, 0));
        }
        all.add(new Labelled(key, rows, windows.get(name)));
      }
    }
    return all;
  }

  private static Map<String, List<long[]>> windows(Path file) throws IOException {
    String json = Files.readString(file);
    Map<String, List<long[]>> windows = new HashMap<>();
    Matcher names = FILE.matcher(json);
    while (names.find()) {
      Matcher next = FILE.matcher(json);
      int end = next.find(names.end()) ? next.start() : json.length();
      List<Long> times = new ArrayList<>();
      Matcher time = TIME.matcher(json).region(names.end(), end);
      while (time.find()) {
        times.add(timeMs(time.group(1)));
      }
      List<long[]> pairs = new ArrayList<>();
      for (int i = 0; i + 1 < times.size(); i += 2) {
        pairs.add(new long[] {times.get(i), times.get(i + 1)});
      }
      windows.put(names.group(1), pairs);
    }
    return windows;
  }

  private static long timeMs(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
