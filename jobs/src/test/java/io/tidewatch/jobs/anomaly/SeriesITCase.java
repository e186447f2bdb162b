package io.tidewatch.jobs.anomaly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.analytics.detect.DetectorSettings;
import io.tidewatch.analytics.detect.Judgement;
import io.tidewatch.analytics.detect.SeriesDetector;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.JobSpace;
import io.tidewatch.jobs.JobUnderTest;
import io.tidewatch.jobs.OperatorUids;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.jobs.sink.DeadLetters;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.FeatureVectorEncoder;
import io.tidewatch.schemas.codec.LatencyWindowCodec;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.testkit.RealTelemetry;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TopicClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Single metrics of devices and endpoints, scored by the anomaly job on real servers. */
@ExtendWith(SharedStack.class)
class SeriesITCase {
  private static final String NEVER_AGAIN = "every_rows: 0, every_age: 0s, drift_psi: 0";
  private static final List<String> NAMES =
      FeatureNames.of(
          ModelFiles.load(YamlLoader.ofProcess(), JobSpace.shipped("models")).get("metric"));
  private static final FeatureVectorEncoder VECTORS =
      new FeatureVectorEncoder(Map.of("metric", NAMES));

  /** Time of the first request. */
  private static final long FIRST_MS = 1_700_000_000_000L;

  /** A row of a file: end of its window and value. */
  private record Row(long endMs, double value) {}

  @Test
  void realSeriesAreScoredAsAPlainLoopDoesThroughARestart(EmbeddedStack stack) throws Exception {
    List<Row> speed = rows("nab/realTraffic/speed_7578.csv");
    List<Row> clicks = rows("nab/realAdExchange/exchange-3_cpc_results.csv");
    List<Row> travel = rows("nab/realTraffic/TravelTime_451.csv");
    AnomalySpace space = new AnomalySpace(stack);
    String windows = windowsTopic(space, stack);
    Path config =
        space.config(
            NEVER_AGAIN,
            "{devices: [{model: metric, fields: [value], features: [mean]}], latency_topic: %s, endpoints: [{service: road, metrics: [p95_ms]}]}"
                .formatted(windows));

    int half = 700;
    write(space, vectors(space, "speed", speed.subList(0, half)));
    write(space, vectors(space, "clicks", clicks.subList(0, half)));
    write(space, windows(windows, travel.subList(0, half)));
    JobID first = space.start(config, null);
    space.awaitScores(5 * half);
    String savepoint = stack.flink().triggerSavepoint(first, AnomalySpace.TIMEOUT);
    stack.flink().cancel(first);

    write(space, vectors(space, "speed", speed.subList(half, speed.size())));
    write(space, vectors(space, "clicks", clicks.subList(half, clicks.size())));
    write(space, windows(windows, travel.subList(half, travel.size())));
    JobID second = space.start(config, savepoint);
    List<JsonNode> all = space.awaitScores(2 * (speed.size() + clicks.size()) + travel.size());
    stack.flink().stopWithDrain(second, AnomalySpace.TIMEOUT);
    assertThat(stack.flink().restarts(second)).isZero();

    assertPlain(speed, told(all, "metric", "speed", "value_mean"));
    assertPlain(clicks, told(all, "metric", "clicks", "value_mean"));
    assertPlain(travel, told(all, "_latency", "GET road /travel", "p95_ms"));
    assertTraced(told(all, "_latency", "GET road /travel", "p95_ms"));
    assertThat(all)
        .filteredOn(score -> score.get("metric").textValue().equals("_row"))
        .hasSize(speed.size() + clicks.size());
    assertThat(stored(space)).isEqualTo(all.size());
    assertThat(space.messages(windows + ".dlq")).isEmpty();
  }

  /** Each row once, in order, with the score of the loop, bit for bit. */
  private static void assertPlain(List<Row> rows, List<JsonNode> told) {
    SeriesDetector plain = SeriesDetector.create(DetectorSettings.shipped(), 0);
    assertThat(told).hasSameSizeAs(rows);
    int active = 0;
    for (int i = 0; i < rows.size(); i++) {
      Judgement judgement = plain.next(rows.get(i).endMs(), rows.get(i).value());
      JsonNode score = told.get(i);
      assertThat(score.get("window_end_ms").longValue()).isEqualTo(rows.get(i).endMs());
      assertThat(score.get("is_anomaly").booleanValue()).isEqualTo(judgement.anomaly());
      if (score.get("state").textValue().equals("active")) {
        active++;
        assertThat(score.get("score").doubleValue()).isEqualTo(judgement.surprise());
        assertThat(score.get("suppressed").isNull()).isEqualTo(judgement.suppressed() == null);
        assertThat(score.get("expected").doubleValue()).isEqualTo(judgement.expected());
        assertThat(score.get("attribution").size()).isEqualTo(judgement.reasons().size());
        assertThat(score.get("model_version").textValue()).isEqualTo("series-detector-2");
      } else {
        assertThat(judgement.score()).isZero();
        assertThat(score.get("score").isNull()).isTrue();
      }
    }
    assertThat(active).isGreaterThan(rows.size() / 2);
  }

  /** Scores beyond the threshold name the slowest request of their window, the others none. */
  private static void assertTraced(List<JsonNode> told) {
    int beyond = 0;
    for (JsonNode score : told) {
      if (score.get("is_anomaly").booleanValue() || !score.get("suppressed").isNull()) {
        beyond++;
        assertThat(score.get("trace_ids")).hasSize(1);
        assertThat(score.at("/trace_ids/0").textValue())
            .isEqualTo("t" + score.get("window_end_ms").longValue());
      } else {
        assertThat(score.has("trace_ids")).isFalse();
      }
    }
    assertThat(beyond).isPositive();
  }

  @Test
  void whatIsAboveTheLimitOrNoWindowIsCountedAndScoredNowhere(EmbeddedStack stack) {
    AnomalySpace space = new AnomalySpace(stack);
    String windows = windowsTopic(space, stack);
    Path config =
        space.config(
            NEVER_AGAIN,
            "{devices: [{model: metric, fields: [value], features: [mean]}], latency_topic: %s, max_series: 1}"
                .formatted(windows));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(new Row(1_700_000_000_000L + i * 60_000L, i));
    }
    write(space, vectors(space, "a", rows));
    write(space, vectors(space, "b", rows));
    write(space, windows(windows, rows));
    write(
        space,
        List.of(
            new ProducerRecord<>(windows, 0, null, "nonsense".getBytes(UTF_8)),
            new ProducerRecord<>(windows, 0, null, "{\"service\":\"road\"}".getBytes(UTF_8))));
    JobID job = space.start(config, null);
    // Of devices 40 whole rows and 20 of the series that came first, of endpoints one of three.
    List<JsonNode> all = space.awaitScores(80);
    space.awaitCount(job, "reason.malformed_json.rejected_total", 1);
    space.awaitCount(job, "reason.missing_field.rejected_total", 1);
    space.awaitCount(job, "rows_over_limit_total", 20 + 2 * 20);
    stack.flink().stopWithDrain(job, AnomalySpace.TIMEOUT);
    assertThat(told(all, "metric", "a", "value_mean")).hasSize(20);
    assertThat(told(all, "metric", "b", "value_mean")).isEmpty();
    assertThat(told(all, "_latency", "GET road /travel", "p95_ms")).hasSize(20);
    assertThat(told(all, "_latency", "GET road /travel", "p99_ms")).isEmpty();
    assertThat(space.messages(windows + ".dlq"))
        .extracting(letter -> text(letter.headers().lastHeader(DeadLetters.REASON).value()))
        .containsExactlyInAnyOrder("malformed_json", "missing_field");
  }

  @Test
  void theLatencyJobTellsTheWindowsThatItStores(EmbeddedStack stack) throws Exception {
    AnomalySpace space = new AnomalySpace(stack);
    String topic = windowsTopic(space, stack);
    ApiLatencyCodec requests = new ApiLatencyCodec();
    List<byte[]> input = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      input.add(
          requests.encode(
              new ApiLatency(
                  "shop", "/a", "GET", i % 10 == 0 ? 503 : 200, i, FIRST_MS + i * 100L, "t" + i)));
    }
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            LatencyJob::build,
            JobSpace.shipped("rules/latency.yaml"),
            "window: {size: PT10S, slide: PT1S}\noutput: {windows_topic: %s}".formatted(topic),
            input);
    job.awaitRead(input.size());
    job.drain();
    Map<Long, Long> told = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> message : space.messages(topic)) {
      assertThat(text(message.key())).isEqualTo("GET shop /a");
      Decoded<LatencyWindow> decoded = new LatencyWindowCodec().decode(message.value());
      LatencyWindow window = ((Decoded.Ok<LatencyWindow>) decoded).value();
      told.put(window.windowEndMs(), window.count());
      // The later a request, the slower.
      int newest = (int) Math.min(299, (window.windowEndMs() - FIRST_MS) / 100 - 1);
      assertThat(window.traceIds())
          .containsExactly("t" + newest, "t" + (newest - 1), "t" + (newest - 2));
    }
    Map<Long, Long> stored = new LinkedHashMap<>();
    try (var connection = job.database();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT (extract(epoch FROM window_end) * 1000)::bigint, count"
                    + " FROM api_latency_windows")) {
      while (row.next()) {
        stored.put(row.getLong(1), row.getLong(2));
      }
    }
    assertThat(told).isEqualTo(stored).hasSizeGreaterThan(30);
  }

  @Test
  void keepsItsOperatorIds(EmbeddedStack stack) throws IOException {
    AnomalySpace space = new AnomalySpace(stack);
    var env = space.environment(null);
    AnomalyJob.build(
        env,
        space.loader(),
        space.config(NEVER_AGAIN, "{latency_topic: %s}".formatted(windowsTopic(space, stack))));
    assertThat(OperatorUids.of(env.getStreamGraph()))
        .isEqualTo(OperatorUids.promised("anomaly-series"));
  }

  private static String windowsTopic(AnomalySpace space, EmbeddedStack stack) {
    String topic = space.space.topic + ".windows";
    stack.kafka().createTopic(topic, 1, Map.of());
    stack.kafka().createTopic(topic + ".dlq", 1, Map.of());
    return topic;
  }

  private static void write(AnomalySpace space, List<ProducerRecord<byte[], byte[]>> messages) {
    TopicClient topics = space.space.topics;
    topics.writeAll(messages);
  }

  private static List<ProducerRecord<byte[], byte[]>> vectors(
      AnomalySpace space, String device, List<Row> rows) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (Row row : rows) {
      double[] features = new double[NAMES.size()];
      Arrays.fill(features, Double.NaN);
      features[NAMES.indexOf("value_mean")] = row.value();
      FeatureVector vector =
          new FeatureVector("metric", device, row.endMs() - 60_000, row.endMs(), 1, features);
      messages.add(
          new ProducerRecord<>(
              space.space.topic, 0, null, VECTORS.encode(ScaledVector.raw(vector))));
    }
    return messages;
  }

  private static List<ProducerRecord<byte[], byte[]>> windows(String topic, List<Row> rows) {
    LatencyWindowCodec codec = new LatencyWindowCodec();
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (Row row : rows) {
      long startMs = row.endMs() - 60_000;
      double p95 = row.value();
      LatencyWindow window =
          new LatencyWindow(
              "road", "/travel", "GET", startMs, row.endMs(), 1, 1, 0, 0, 1, 1, 1, p95, 1, 1);
      LatencyWindow traced = window.traced(List.of("t" + row.endMs()));
      messages.add(new ProducerRecord<>(topic, 0, null, codec.encode(traced)));
    }
    return messages;
  }

  private static List<Row> rows(String file) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(RealTelemetry.present(file)).stream().skip(1).toList()) {
      String[] columns = line.split(",", -1);
      long endMs =
          LocalDateTime.parse(columns[0].replace(' ', 'T'))
              .toInstant(ZoneOffset.UTC)
              .toEpochMilli();
      rows.add(new Row(endMs, Double.parseDouble(columns[1])));
    }
    return rows;
  }

  private static List<JsonNode> told(
      List<JsonNode> all, String model, String entity, String metric) {
    return all.stream()
        .filter(
            score ->
                score.get("model").textValue().equals(model)
                    && score.get("entity").textValue().equals(entity)
                    && score.get("metric").textValue().equals(metric))
        .toList();
  }

  private static long stored(AnomalySpace space) throws Exception {
    try (var connection = space.space.database();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM anomaly_scores")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
