package io.tidewatch.benchmarks.detection;

import io.tidewatch.analytics.forest.ForestTrainer;
import io.tidewatch.benchmarks.Machine;
import io.tidewatch.benchmarks.ReportOptions;
import io.tidewatch.benchmarks.detection.input.AsdEntity;
import io.tidewatch.benchmarks.detection.input.InputFolders;
import io.tidewatch.benchmarks.detection.input.LabelledRows;
import io.tidewatch.benchmarks.detection.input.NabFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch bench detection}. */
@Command(
    name = "detection",
    mixinStandardHelpOptions = true,
    description =
        "Scores detectors on labelled data: series by the rules of NAB, servers of ASD and sets of"
            + " ADBench row by row. Takes some minutes; with --quick less than one.")
public final class DetectionCommand implements Callable<Integer> {
  @Mixin private ReportOptions output;

  @Option(
      names = "--nab",
      paramLabel = "DIR",
      description =
          "Series as NAB lays them out: <group>/<name>.csv or .csv.gz with timestamp,value, and"
              + " windows.json. Default: nab in the folder of real telemetry.")
  private @Nullable Path nab;

  @Option(
      names = "--asd",
      paramLabel = "DIR",
      description =
          "Servers: <name>_train.csv, <name>_test.csv with label, or .csv.gz. Default: asd there.")
  private @Nullable Path asd;

  @Option(
      names = "--adbench",
      paramLabel = "DIR",
      description = "Sets of rows: <name>.csv or .csv.gz with label. Default: adbench there.")
  private @Nullable Path adbench;

  @Option(
      names = "--scores",
      paramLabel = "DIR",
      description =
          "Also writes score and decision of each row there, a file a series and variant; of sets of"
              + " ADBench those of the first seed.")
  private @Nullable Path scores;

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "NAME",
      description = "Only these detectors of single series, with commas between.")
  private List<String> variants = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public DetectionCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<DetectorVariant> chosen = DetectorVariant.named(variants);
    DetectionPlan plan = DetectionPlan.of(output.quick());
    DetectionResults results = results(chosen, plan);
    DetectionReport report = new DetectionReport(results, chosen, plan);
    output.write("detection.md", report.text(Machine.here(), output.command()));
    System.out.println(report.json());
    return 0;
  }

  private DetectionResults results(List<DetectorVariant> chosen, DetectionPlan plan)
      throws IOException, InterruptedException {
    // All is read before the first row is scored: what is malformed shows at once.
    Optional<Path> nabFolder = folder("nab", nab);
    Optional<Path> asdFolder = folder("asd", asd);
    Optional<Path> adbenchFolder = folder("adbench", adbench);
    if (nabFolder.isEmpty() && asdFolder.isEmpty() && adbenchFolder.isEmpty()) {
      throw new IllegalArgumentException(
          "no data: name a folder with --nab, --asd or --adbench, or the folder of all with"
              + " -Dtidewatch.data");
    }
    @Nullable NabFolder series = nabFolder.isEmpty() ? null : NabFolder.read(nabFolder.get());
    @Nullable List<AsdEntity> servers =
        asdFolder.isEmpty() ? null : AsdEntity.read(asdFolder.get());
    @Nullable List<LabelledRows> sets =
        adbenchFolder.isEmpty() ? null : LabelledRows.adbench(adbenchFolder.get());
    @Nullable ScoreFiles files = scores == null ? null : new ScoreFiles(scores);
    List<ForestTrainer> engines = AdbenchRun.engines();
    return new DetectionResults(
        series == null ? null : NabRun.run(series, chosen, plan, files),
        servers == null ? null : AsdRun.run(servers, chosen, plan, files),
        sets == null ? null : AdbenchRun.run(sets, engines, plan, files),
        servers == null ? null : NormalRun.run(servers, plan),
        engines.stream().map(ForestTrainer::engine).toList());
  }

  private static Optional<Path> folder(String kind, @Nullable Path asked) {
    Optional<Path> folder = InputFolders.of(kind, asked);
    if (folder.isEmpty()) {
      System.err.printf(
          "tidewatch: %s is not scored: there is no %s; name a folder with --%s%n",
          kind, InputFolders.standard(kind), kind);
    }
    return folder;
  }
}
