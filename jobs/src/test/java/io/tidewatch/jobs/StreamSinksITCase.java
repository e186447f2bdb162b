package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.config.Secret;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.jobs.tdengine.TdengineConnections;
import io.tidewatch.jobs.telemetry.TelemetryJob;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.tdengine.Fault;
import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams go where the file says, and nowhere else. A stand-in takes the place of TDengine. */
@ExtendWith(SharedStack.class)
class StreamSinksITCase {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final int READINGS = 500;

  private final long startMs = System.currentTimeMillis() - READINGS * 100L;

  @Test
  void readingsGoToTdengineWhateverHappensToItAndNothingToADatabaseThatIsNotNamed(
      EmbeddedStack stack) throws Exception {
    try (StandInTdengine server = StandInTdengine.start()) {
      JobSpace space = new JobSpace(stack);
      space.write(readings());
      server.next("stmt2_exec", new Fault.Drop());
      server.next("stmt2_bind", new Fault.Refuse(0x914, "Sync leader is unreachable"));
      JobID job = start(stack, space, server, "{features: [], readings: [tdengine]}");
      await()
          .atMost(TIMEOUT)
          .until(() -> InProcessMetrics.sum(job, "tidewatch.records_in_total") >= READINGS);
      stack.flink().stopWithDrain(job, TIMEOUT);

      assertThat(InProcessMetrics.sum(job, "tidewatch.sink_rows_total")).isEqualTo(READINGS);
      assertThat(InProcessMetrics.sum(job, "tidewatch.sink_retries_total"))
          .as("both faults were met")
          .isEqualTo(2);
      assertThat(stack.flink().restarts(job)).isZero();
      try (Connection connection =
              TdengineConnections.connect(
                  server.jdbcUrl(), StandInTdengine.USER, new Secret(StandInTdengine.PASSWORD));
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM `tidewatch`.`welding`")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong(1)).isEqualTo(READINGS);
      }
      try (Connection connection = space.database();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")) {
        row.next();
        assertThat(row.getInt(1)).as("tables of PostgreSQL").isZero();
      }
    }
  }

  private static JobID start(
      EmbeddedStack stack, JobSpace space, StandInTdengine server, String sinks) {
    Path file =
        space.configFile(
            JobSpace.shipped("rules/telemetry.yaml"),
            """
            models: %s
            tdengine: {url: "%s?messageWaitTimeout=2000"}
            sinks: %s
            """
                .formatted(JobSpace.shipped("models"), server.jdbcUrl(), sinks));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration());
    Map<String, String> environment =
        Map.of("TIDEWATCH_TDENGINE_PASSWORD", StandInTdengine.PASSWORD);
    TelemetryJob.build(env, new YamlLoader(environment::get), file);
    return stack.flink().submit(env);
  }

  /** Of three devices, each time once. */
  private List<byte[]> readings() {
    List<byte[]> readings = new ArrayList<>();
    for (int i = 0; i < READINGS; i++) {
      readings.add(
          """
          {"model":"welding","device_id":"w'%d","event_time_ms":%d,"fields":{}}\
          """
              .formatted(i % 3, startMs + i * 100L)
              .getBytes(UTF_8));
    }
    return readings;
  }
}
