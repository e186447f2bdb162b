package io.tidewatch.jobs.anomaly;

import static io.tidewatch.jobs.anomaly.AnomalySpace.TIMEOUT;
import static io.tidewatch.jobs.anomaly.AnomalySpace.WARM_UP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.analytics.decide.ThresholdRule;
import io.tidewatch.analytics.forest.ForestEngines;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ForestRule;
import io.tidewatch.analytics.model.ModelTrainer;
import io.tidewatch.analytics.model.ReservoirRow;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.OperatorUids;
import io.tidewatch.jobs.sink.DeadLetters;
import io.tidewatch.schemas.codec.FeatureVectorAvroEncoder;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.testkit.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The anomaly job on real servers: its models come, change and go back while rows are scored. */
@ExtendWith(SharedStack.class)
class AnomalyITCase {
  private static final String NEVER_AGAIN = "every_rows: 0, every_age: 0s, drift_psi: 0";

  @Test
  void modelsAreTrainedSwitchedAndGoneBackToWhileRowsAreScored(EmbeddedStack stack)
      throws Exception {
    AnomalySpace space = new AnomalySpace(stack);
    Path config = space.config(NEVER_AGAIN);
    JobID job = space.start(config, null);
    space.write(space.usual(0, WARM_UP + 50));
    space.write(List.of(space.planted(WARM_UP + 50, "voltage", "vibration")));

    List<JsonNode> scores = space.awaitScores(WARM_UP + 51);
    assertThat(scores.get(WARM_UP - 1).get("state").textValue()).isEqualTo("warming_up");
    assertThat(scores.get(WARM_UP - 1).get("rows").intValue()).isEqualTo(WARM_UP - 1);
    assertThat(scores.get(WARM_UP).get("state").textValue()).isEqualTo("active");
    JsonNode anomaly = scores.get(WARM_UP + 50);
    assertThat(anomaly.get("is_anomaly").booleanValue()).isTrue();
    double moved = 0;
    for (var share : anomaly.get("attribution").properties()) {
      moved += share.getKey().matches("(voltage|vibration)_.*") ? share.getValue().asDouble() : 0;
    }
    assertThat(moved).as("shares of the planted features").isGreaterThan(0.8);

    String own = anomaly.get("model_version").textValue();
    ConsumerRecord<byte[], byte[]> told = space.messages(space.models).get(0);
    assertThat(told.key()).isEqualTo("welding".getBytes(UTF_8));
    assertThat(told.headers().lastHeader(ModelUpdate.TOLD_BY_JOB)).isNotNull();
    assertThat(new String(told.value(), UTF_8)).contains("\"version\":\"" + own + "\"");

    byte[] other = trained(space, config);
    String imported = version(other);
    space.writeModel("welding", other);
    space.awaitCount(job, "models_imported_total", 1);
    assertThat(next(space, WARM_UP + 51)).isEqualTo(imported);

    space.writeModel("welding", Arrays.copyOf(other, other.length / 2));
    space.writeModel("welding", new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 's', 'r'});
    space.writeModel("welding", "{\"format\":2,\"tree_kind\":\"new\"}".getBytes(UTF_8));
    space.writeModel("welding", ofOtherFeatures());
    space.writeModel("welding", ModelMessageCodec.encode(new ModelRollback("welding", "never")));
    space.awaitCount(job, "reason.unknown_version.rejected_total", 1);
    assertThat(next(space, WARM_UP + 52)).as("goes on").isEqualTo(imported);

    space.writeModel("welding", ModelMessageCodec.encode(new ModelRollback("welding", own)));
    space.awaitCount(job, "models_rolled_back_total", 1);
    assertThat(next(space, WARM_UP + 53)).isEqualTo(own);

    stack.flink().stopWithDrain(job, TIMEOUT);
    assertThat(stack.flink().restarts(job)).isZero();
    JsonNode alert =
        new ObjectMapper().readTree(space.messages(space.space.alertsTopic).get(0).value());
    assertThat(alert.get("labels").get("device_id").textValue()).isEqualTo("weld-1");
    assertThat(alert.get("window_end_ms")).isEqualTo(anomaly.get("window_end_ms"));
    assertThat(alert.get("model_version").textValue())
        .as("of the model that scored")
        .isEqualTo(own);
    assertThat(alert.get("attribution")).isEqualTo(anomaly.get("attribution"));
    assertThat(space.messages(space.models + ".dlq"))
        .extracting(AnomalyITCase::reason)
        .containsExactlyInAnyOrder(
            "malformed_json", "damaged_model", "newer_format", "other_features", "unknown_version");
    assertThat(space.messages(space.space.topic + ".dlq")).isEmpty();
    List<ConsumerRecord<byte[], byte[]>> models = space.messages(space.models);
    ConsumerRecord<byte[], byte[]> last = models.get(models.size() - 1);
    assertThat(version(last.value())).as("what a job without state starts with").isEqualTo(own);
    assertThat(stored(space))
        .isEqualTo(
            "rows %d, anomalies %d, scored %d"
                .formatted(
                    WARM_UP + 54,
                    space.awaitScores(WARM_UP + 54).stream()
                        .filter(score -> score.get("is_anomaly").booleanValue())
                        .count(),
                    54));

    JobID anew = space.start(config, null);
    List<JsonNode> again = space.awaitScores(2 * (WARM_UP + 54));
    assertThat(again.get(WARM_UP + 54).get("model_version").textValue())
        .as("the first row of a job without state")
        .isEqualTo(own);
    stack.flink().cancel(anew);
  }

  @Test
  void aJobThatGoesOnFromASavepointTellsTheSameScores(EmbeddedStack stack) {
    String often = "every_rows: 100, every_age: 0s, drift_psi: 0.2, drift_rows: 100";
    int rows = 600;
    AnomalySpace undisturbed = new AnomalySpace(stack);
    undisturbed.write(undisturbed.usual(0, rows));
    JobID whole = undisturbed.start(undisturbed.config(often), null);
    List<JsonNode> expected = undisturbed.awaitScores(rows);
    stack.flink().cancel(whole);
    assertThat(expected.stream().map(score -> score.get("model_version")).distinct().count())
        .isGreaterThan(3);

    AnomalySpace space = new AnomalySpace(stack);
    Path config = space.config(often);
    int half = 310;
    space.write(space.usual(0, half));
    JobID first = space.start(config, null);
    space.awaitScores(half);
    String savepoint = stack.flink().triggerSavepoint(first, TIMEOUT);
    // What this run trains from here on is in the topic before the next one comes there.
    space.write(space.usual(half, rows - half));
    space.awaitScores(rows);
    stack.flink().cancel(first);

    JobID second = space.start(config, savepoint);
    List<JsonNode> told = space.awaitScores(2 * rows - half);
    stack.flink().cancel(second);
    assertThat(told.subList(0, rows)).isEqualTo(expected);
    assertThat(told.subList(rows, 2 * rows - half)).isEqualTo(expected.subList(half, rows));
  }

  @Test
  void rowsThatAreNoneGoToTheDeadLetterTopic(EmbeddedStack stack) {
    AnomalySpace space = new AnomalySpace(stack);
    JobID job = space.start(space.config(NEVER_AGAIN), null);
    space.space.write(
        List.of(
            "{\"model\":\"lathe\",\"features\":{}}".getBytes(UTF_8), "nonsense".getBytes(UTF_8)));
    space.write(space.usual(0, 1));
    space.awaitScores(1);
    stack.flink().stopWithDrain(job, TIMEOUT);
    assertThat(space.messages(space.space.topic + ".dlq"))
        .extracting(AnomalyITCase::reason)
        .containsExactlyInAnyOrder("unknown_model", "malformed_json");
  }

  @Test
  void vectorsInAvroGiveTheScoresOfThoseInJson(EmbeddedStack stack) throws Exception {
    int rows = WARM_UP + 20;
    AnomalySpace json = new AnomalySpace(stack);
    json.write(json.usual(0, rows));
    JobID ofJson = json.start(json.config(NEVER_AGAIN), null);
    List<JsonNode> expected = json.awaitScores(rows);
    stack.flink().cancel(ofJson);

    AnomalySpace avro = new AnomalySpace(stack);
    Path schema = Path.of("target", "conf", avro.models + ".avsc").toAbsolutePath();
    Files.writeString(schema, FeatureVectorAvroEncoder.schema());
    String input = "input: {format: avro, avro: {schemas: {7: '%s'}}, ".formatted(schema);
    JobID ofAvro = avro.start(avro.config(NEVER_AGAIN, "input: {", input), null);
    avro.space.write(List.of("{}".getBytes(UTF_8)));
    avro.writeAvro(avro.usual(0, 1), 8);
    avro.writeAvro(avro.usual(0, rows), 7);
    assertThat(avro.awaitScores(rows)).isEqualTo(expected);
    stack.flink().stopWithDrain(ofAvro, TIMEOUT);
    assertThat(avro.messages(avro.space.topic + ".dlq"))
        .extracting(AnomalyITCase::reason)
        .containsExactlyInAnyOrder("malformed_avro", "unknown_schema");
  }

  @Test
  void keepsItsOperatorIds(EmbeddedStack stack) throws IOException {
    AnomalySpace space = new AnomalySpace(stack);
    var env = space.environment(null);
    AnomalyJob.build(env, space.loader(), space.config(NEVER_AGAIN));
    assertThat(OperatorUids.of(env.getStreamGraph())).isEqualTo(OperatorUids.promised("anomaly"));
  }

  /** Scores one more row, and says by which version. */
  private static String next(AnomalySpace space, int second) {
    space.write(space.usual(second, 1));
    return space.awaitScores(second + 1).get(second).get("model_version").textValue();
  }

  /** An artifact of rows the job has not seen, by the features that it scores. */
  private static byte[] trained(AnomalySpace space, Path config) {
    FeatureSelection features =
        AnomalyFiles.load(space.loader(), config).selections().get("welding");
    List<ReservoirRow> rows =
        space.usual(10_000, 300).stream()
            .map((FeatureVector row) -> new ReservoirRow(0, row.windowEndMs(), features.row(row)))
            .toList();
    return trained(features.features(), rows);
  }

  /** A sound artifact of a job with another configuration. */
  private static byte[] ofOtherFeatures() {
    List<ReservoirRow> rows =
        IntStream.range(0, 300)
            .mapToObj(row -> new ReservoirRow(0, row, new double[] {Math.sin(row), row % 7}))
            .toList();
    return trained(List.of("voltage_mean", "tension_mean"), rows);
  }

  private static byte[] trained(List<String> features, List<ReservoirRow> rows) {
    return ModelMessageCodec.encode(
        new ModelTrainer(
                ForestEngines.named("built-in"),
                new ForestRule("built-in", 50, 128, 0, 9),
                new ThresholdRule(0.99, 0.5, 0.55))
            .train("welding", features, rows)
            .artifact());
  }

  private static String version(byte[] document) {
    return new String(document, UTF_8).replaceFirst("(?s).*?\"version\":\"([^\"]*)\".*", "$1");
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return new String(letter.headers().lastHeader(DeadLetters.REASON).value(), UTF_8);
  }

  private static String stored(AnomalySpace space) throws Exception {
    try (Connection connection = space.space.database();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT format('rows %s, anomalies %s, scored %s', count(*),"
                    + " count(*) FILTER (WHERE is_anomaly), count(score)) FROM anomaly_scores")) {
      row.next();
      return row.getString(1);
    }
  }
}
