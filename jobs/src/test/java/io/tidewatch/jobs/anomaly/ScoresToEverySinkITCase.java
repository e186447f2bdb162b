package io.tidewatch.jobs.anomaly;

import static io.tidewatch.jobs.anomaly.AnomalySpace.TIMEOUT;
import static io.tidewatch.jobs.anomaly.AnomalySpace.WARM_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.ParquetTables;
import io.tidewatch.jobs.TableRows;
import io.tidewatch.jobs.columns.Column;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.sink.ScoreTable;
import io.tidewatch.schemas.codec.AnomalyScoreDecoder;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Scores that go to all sinks at once are the same in each of them. */
@ExtendWith(SharedStack.class)
class ScoresToEverySinkITCase {
  private final StandInTdengine tdengine = StandInTdengine.start();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    tdengine.close();
  }

  @Test
  void scoresAreTheSameInAllSinks(EmbeddedStack stack) throws Exception {
    AnomalySpace space = new AnomalySpace(stack);
    Path config = space.config("every_rows: 0, every_age: 0s, drift_psi: 0");
    Files.writeString(
        config,
        """
        tdengine: {url: "%s"}
        parquet: {path: "%s"}
        sinks: {scores: [timescale, tdengine, kafka, parquet]}
        """
            .formatted(tdengine.jdbcUrl(), folder),
        StandardOpenOption.APPEND);
    Map<String, String> variables = new HashMap<>(space.space.environment());
    variables.put("TIDEWATCH_TDENGINE_PASSWORD", StandInTdengine.PASSWORD);
    StreamExecutionEnvironment env = space.environment(null);
    AnomalyJob.build(env, new YamlLoader(variables::get), config);
    assertThat(
            env.getStreamGraph(false).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID))
        .contains(
            "anomaly-rows-tdengine-sink",
            "anomaly-rows-parquet-sink",
            "Sink Committer: anomaly-rows-parquet-sink");
    JobID job = stack.flink().submit(env);
    space.write(space.usual(0, WARM_UP + 10));
    space.write(List.of(space.planted(WARM_UP + 10, "voltage", "vibration")));
    space.awaitScores(WARM_UP + 11);
    stack.flink().stopWithDrain(job, TIMEOUT);

    List<Column<AnomalyScore>> columns = new ArrayList<>(new ScoreTable().columns(null));
    columns.add(Column.text("model", AnomalyScore::model));
    List<List<Object>> wanted;
    try (Connection connection = space.space.database()) {
      wanted = TableRows.of(columns, connection, "anomaly_scores", UnaryOperator.identity());
    }
    assertThat(wanted).hasSize(WARM_UP + 11);
    assertThat(TableRows.of(columns, tdengine, "anomaly_scores"))
        .as("TDengine")
        .containsExactlyInAnyOrderElementsOf(wanted);
    try (Connection connection = ParquetTables.open(folder, "anomaly_scores")) {
      assertThat(TableRows.of(columns, connection, "anomaly_scores", name -> "\"" + name + "\""))
          .as("Parquet")
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
    assertThat(TableRows.of(columns, space.space.decoded(space.scores, new AnomalyScoreDecoder())))
        .as("Kafka")
        .containsExactlyInAnyOrderElementsOf(wanted);
  }
}
