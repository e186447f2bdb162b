package io.tidewatch.jobs.savepoint;

import static org.awaitility.Awaitility.await;

import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.embedded.InProcessMetrics;
import io.tidewatch.jobs.JobUnderTest;
import io.tidewatch.jobs.anomaly.AnomalyJob;
import io.tidewatch.schemas.codec.FeatureVectorEncoder;
import io.tidewatch.schemas.codec.LatencyWindowCodec;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.derived.LatencyWindow;
import io.tidewatch.schemas.derived.ScaledVector;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One row of a kiln and one window of an endpoint a second, in one partition each, so that they
 * come in one order; a forest is trained before the savepoint and others behind it.
 */
final class AnomalyInput implements SeededInput {
  /** The row as a whole, one metric of it, one of the endpoint. */
  static final int SCORES_A_SECOND = 3;

  private static final List<Integer> UNUSUAL = List.of(110, 119, 150, 151, 190, 220);

  private final List<String> names;

  AnomalyInput(TelemetryModels models) {
    this.names = FeatureNames.of(models.get("kiln"));
  }

  @Override
  public String job() {
    return "anomaly";
  }

  @Override
  public JobUnderTest.Builder builder() {
    return AnomalyJob::build;
  }

  @Override
  public int secondsBefore() {
    return 120;
  }

  @Override
  public void write(FixtureSpace space, int fromSecond, int seconds) {
    FeatureVectorEncoder vectors = new FeatureVectorEncoder(Map.of("kiln", names));
    LatencyWindowCodec windows = new LatencyWindowCodec();
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int second = fromSecond; second < fromSecond + seconds; second++) {
      messages.add(
          new ProducerRecord<>(
              space.topic("input"), 0, null, vectors.encode(ScaledVector.raw(vector(second)))));
      messages.add(
          new ProducerRecord<>(space.topic("windows"), 0, null, windows.encode(window(second))));
    }
    space.write(messages);
  }

  private FeatureVector vector(int second) {
    Random random = new Random(second);
    double[] values = new double[names.size()];
    for (int i = 0; i < values.length; i++) {
      if (names.get(i).matches(".*_(mean|std|min|max)")) { // the others are counts and ratios
        values[i] = 100 + random.nextGaussian() + (UNUSUAL.contains(second) ? 50 : 0);
      }
    }
    long endMs = endMs(second);
    return new FeatureVector("kiln", "kiln-1", endMs - 10_000, endMs, 10, values);
  }

  private static LatencyWindow window(int second) {
    double p95Ms = 100 + new Random(-second).nextGaussian();
    long endMs = endMs(second);
    return new LatencyWindow(
        "road", "/travel", "GET", endMs - 10_000, endMs, 1, 1, 0, 0, 1, 1, 1, p95Ms, 1, 1);
  }

  static long endMs(int second) {
    return START_MS + second * 1_000L;
  }

  @Override
  public void awaitRead(FixtureSpace space, JobID job, int seconds) {
    for (String operator : List.of(AnomalyJob.VECTORS_READ, AnomalyJob.WINDOWS_READ)) {
      await(operator)
          .atMost(FixtureSpace.TIMEOUT)
          .until(
              () -> InProcessMetrics.sum(job, operator, "tidewatch.records_in_total") >= seconds);
    }
  }

  @Override
  public void awaitTold(FixtureSpace space) {
    space.awaitMessages("scores", SCORES_A_SECOND * secondsBefore());
  }
}
