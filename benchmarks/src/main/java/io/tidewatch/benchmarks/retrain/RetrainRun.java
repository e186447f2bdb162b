package io.tidewatch.benchmarks.retrain;

import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.analytics.series.DeviceSeries;
import io.tidewatch.analytics.series.EndpointSeries;
import io.tidewatch.analytics.series.SeriesDeviations;
import io.tidewatch.analytics.series.SeriesRules;
import io.tidewatch.benchmarks.ChildProcess;
import io.tidewatch.benchmarks.ShippedAnomaly;
import io.tidewatch.benchmarks.variant.FlinkRun;
import io.tidewatch.benchmarks.variant.Setting;
import io.tidewatch.jobs.anomaly.AnomalyTopology;
import io.tidewatch.jobs.anomaly.SeriesStage;
import io.tidewatch.schemas.derived.AnomalyScore;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.forest.ModelDocument;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.udfs.decode.Inbound;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** One run in its own process: the topology of the anomaly job between a clock and a clock. */
public final class RetrainRun {
  static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(10);

  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private RetrainRun() {}

  /** One argument: a {@link RetrainOrder} as JSON. */
  public static void main(String[] args) {
    ChildProcess.answer(args, RetrainOrder.class, RetrainRun::run);
  }

  private static RetrainResult run(RetrainOrder order) throws IOException {
    RetrainSpec spec = order.spec();
    Path folder = Path.of(order.folder());
    ModelSettings settings = settings(spec);
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    Delays.begin(spec);
    FlinkRun job =
        FlinkRun.start(
            env -> define(env, spec, settings),
            new Setting(1, CHECKPOINT_EVERY, folder, spec.backend()));
    while (Delays.rows() < spec.rowsMeasured()) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      job.check();
    }
    return Delays.result(spec, load);
  }

  /** As shipped, but for the scope and when models are trained: by count alone. */
  static ModelSettings settings(RetrainSpec spec) throws IOException {
    Map<String, Object> training =
        Map.of(
            "every_rows",
            spec.retrains() ? spec.everyRows() : 0,
            "every_age",
            "0s",
            "drift_psi",
            0);
    return ShippedAnomaly.with(
            Map.of("scoring", Map.of("scope", spec.scopeName(), "training", training)))
        .scoring();
  }

  private static DataStream<Long> define(
      StreamExecutionEnvironment env, RetrainSpec spec, ModelSettings settings) {
    // Otherwise what is measured is how long the network collects rows before it sends them.
    env.setBufferTimeout(0);
    DataStream<Inbound<FeatureVector>> rows =
        env.fromSequence(0, Long.MAX_VALUE)
            .map(new PacedRows(spec))
            .returns(Inbound.typeInfo(FeatureVector.class));
    DataStream<Inbound<ModelUpdate>> nobodyAsks =
        env.fromSequence(0, 0)
            .filter((FilterFunction<Long>) number -> false)
            .map(number -> Inbound.of(new ModelUpdate("", "", false, true, new byte[0], null)))
            .returns(Inbound.typeInfo(ModelUpdate.class));
    AnomalyTopology.Streams streams =
        AnomalyTopology.define(
            rows,
            nobodyAsks,
            Map.of(PacedRows.MODEL, FeatureSelection.of(PacedRows.names(), Set.of())),
            settings,
            Map.of(),
            noSeries());
    streams.models().map(RetrainRun::told).returns(Types.LONG).sinkTo(new DiscardingSink<>());
    return streams.scores().map(score -> stamped(spec, score)).returns(Types.LONG);
  }

  private static SeriesStage.Input noSeries() {
    return new SeriesStage.Input(
        DeviceSeries.of(List.of(), List.of()),
        null,
        new EndpointSeries(List.of()),
        new SeriesRules(1, 1, Duration.ofDays(2)),
        SeriesDeviations.ANY);
  }

  private static long told(ModelDocument model) {
    Delays.trained();
    return model.document().length;
  }

  private static long stamped(RetrainSpec spec, AnomalyScore score) {
    long row = PacedRows.pacedRow(spec, score.windowEndMs());
    Delays.scored(row);
    return row;
  }
}
