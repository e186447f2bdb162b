package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.dataset.DeviceRows;
import io.tidewatch.analytics.dataset.KnownAggregate;
import io.tidewatch.analytics.dataset.LabelRule;
import io.tidewatch.analytics.decide.RowVerdict;
import io.tidewatch.analytics.decide.ThresholdRule;
import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.analytics.model.FeatureSelection;
import io.tidewatch.analytics.model.ModelSettings;
import io.tidewatch.benchmarks.ShippedAnomaly;
import io.tidewatch.benchmarks.detection.input.AsdEntity;
import io.tidewatch.jobs.anomaly.AnomalyConfig;
import io.tidewatch.schemas.dataset.KnownTelemetry;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.schemas.model.UnknownFields;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Servers as devices of the telemetry job: windows of an hour each five minutes with the default
 * features, by the classes of the job, scored by the forest of the anomaly job as it is shipped
 * while it learns them. The rows for training come first and nobody labelled them: they are taken
 * for normal. A window is anomalous when a row of it is.
 */
final class NormalRun {
  private static final List<Double> OTHER_MARGINS = List.of(0.0, 0.25, 0.5, 1.0, 1.5, 2.0);

  /** Place of the shipped rule among all. */
  private static final int SHIPPED = 0;

  private static final String METHOD = "forest of the job";
  private static final String MODEL = "server";
  private static final String NORMAL = "0";
  private static final String ANOMALY = "1";
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final Duration SIZE = Duration.ofHours(1);
  private static final long START_MS = 1_700_000_100_000L - 1_700_000_100_000L % 3_600_000;

  private NormalRun() {}

  /** All servers with the shipped margin, then with others. */
  static NormalResults run(List<AsdEntity> servers, DetectionPlan plan)
      throws InterruptedException, IOException {
    AnomalyConfig shipped = ShippedAnomaly.with(Map.of());
    List<Callable<NormalResults>> work = new ArrayList<>();
    for (AsdEntity server : plan.small() ? servers.subList(0, 1) : servers) {
      work.add(() -> of(server, shipped));
    }
    return NormalResults.together(Cores.all(work));
  }

  private static NormalResults of(AsdEntity server, AnomalyConfig shipped) {
    TelemetryModel model = model(server.test().features().size());
    ModelSettings settings = shipped.scoring();
    List<ThresholdRule> rules = rules(settings.threshold());
    LiveForest forest =
        new LiveForest(
            settings,
            FeatureSelection.of(FeatureNames.of(model), Set.copyOf(shipped.features().leaveOut())),
            rules,
            MODEL);
    long[] rows = new long[2];
    long[][] flagged = new long[2][rules.size()];
    long[] alerts = new long[rules.size()];
    List<LabelledVector> windows = windows(server, model);
    double[] scores = new double[windows.size()];
    double[] beyond = new double[windows.size()];
    boolean[] anomalous = new boolean[windows.size()];
    int scored = 0;
    for (LabelledVector window : windows) {
      LiveForest.Told told = forest.next(window.vector());
      if (told != null) {
        RowVerdict[] verdicts = told.verdicts();
        int kind = ANOMALY.equals(window.label()) ? 1 : 0;
        scores[scored] = Double.isNaN(told.score()) ? 0 : told.score();
        beyond[scored] = verdicts[SHIPPED].beyond() ? 1 : 0;
        anomalous[scored++] = kind == 1;
        rows[kind]++;
        for (int rule = 0; rule < verdicts.length; rule++) {
          flagged[kind][rule] += verdicts[rule].beyond() ? 1 : 0;
          alerts[rule] += kind == 0 && verdicts[rule].anomaly() ? 1 : 0;
        }
      }
    }
    List<NormalShare> shares =
        IntStream.range(0, rules.size())
            .mapToObj(
                rule ->
                    new NormalShare(
                        server.name(),
                        rules.get(rule).margin(),
                        forest.trainings(),
                        rows[0],
                        flagged[0][rule],
                        alerts[rule],
                        rows[1],
                        flagged[1][rule]))
            .toList();
    return new NormalResults(
        shares,
        AsdRun.ranked(
            server.name(),
            METHOD,
            Arrays.copyOf(scores, scored),
            Arrays.copyOf(beyond, scored),
            Arrays.copyOf(anomalous, scored)));
  }

  private static List<ThresholdRule> rules(ThresholdRule shipped) {
    List<ThresholdRule> rules = new ArrayList<>(List.of(shipped));
    for (double margin : OTHER_MARGINS) {
      if (margin != shipped.margin()) {
        rules.add(new ThresholdRule(shipped.quantile(), margin, shipped.least()));
      }
    }
    return rules;
  }

  /** All windows of a server, in order of time. */
  static List<LabelledVector> windows(AsdEntity server, TelemetryModel model) {
    TelemetryModels models = TelemetryModels.of(List.of(model));
    DeviceRows rows =
        DeviceRows.of(
            new DeviceKey(MODEL, server.name()),
            models,
            new KnownAggregate(models),
            new LabelRule(LabelRule.OF_MESSAGE, LabelRule.OfWindow.ANY, NORMAL));
    List<LabelledVector> windows = new ArrayList<>();
    long timeMs = START_MS;
    for (double[] row : server.train().rows()) {
      rows.add(known(server, timeMs, row, NORMAL), windows::add);
      timeMs += STEP.toMillis();
    }
    boolean[] anomalous = server.test().anomalous();
    for (int i = 0; i < anomalous.length; i++) {
      String label = anomalous[i] ? ANOMALY : NORMAL;
      rows.add(known(server, timeMs, server.test().rows()[i], label), windows::add);
      timeMs += STEP.toMillis();
    }
    rows.finish(windows::add);
    return windows;
  }

  private static KnownTelemetry known(AsdEntity server, long timeMs, double[] row, String label) {
    return new KnownTelemetry(
        new DeviceTelemetry(MODEL, server.name(), timeMs, row, Map.of(), label),
        KnownTelemetry.UNKNOWN);
  }

  /** A model of so many fields. */
  static TelemetryModel model(int metrics) {
    List<TelemetryField> fields =
        IntStream.range(0, metrics)
            .mapToObj(
                i ->
                    new TelemetryField(
                        "m" + i, "1", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
            .toList();
    return new TelemetryModel(
        MODEL,
        "a server",
        fields,
        UnknownFields.REJECT,
        OutOfRange.MISSING,
        new WindowSpec(SIZE, STEP));
  }
}
