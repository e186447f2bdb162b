package io.tidewatch.cli.chaos;

import io.tidewatch.cli.fuzz.FuzzOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description =
        "Kills, freezes and stops the servers under the real jobs while input arrives, and compares"
            + " what is left with what plain Java makes of the input. Real Kafka, PostgreSQL and"
            + " Flink as processes of their own, about 3 GB of memory. With --fuzz: feeds readers"
            + " of bytes and texts instead. Exits 0 only if every run passed.")
public final class ChaosCommand implements Callable<Integer> {
  /** Fewer do not fill the windows of all devices. */
  private static final long LEAST_RECORDS = 2_000;

  private static final String REPORT = "reliability.md";

  /** It is not run with the others: that of one must not take the place of the other. */
  private static final String SOAK_REPORT = "soak.md";

  @Spec private CommandSpec spec;

  @Mixin private FuzzOptions fuzz;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description = "What happens, several with commas: ${COMPLETION-CANDIDATES}.")
  private @Nullable List<Scenario> scenarios;

  @Option(
      names = "--all",
      description = "All scenarios but brief and soak; some minutes each, together about an hour.")
  private boolean all;

  @Option(
      names = "--seed",
      split = ",",
      paramLabel = "N",
      description =
          "Seed of input and faults, several with commas for a run each; default 1, of kill-tm 1 to"
              + " 5.")
  private @Nullable List<Long> seeds;

  @Option(
      names = "--kills",
      paramLabel = "K",
      description = "How many faults a run has, where it has any; default: as the scenario says.")
  private @Nullable Integer kills;

  @Option(
      names = "--records",
      paramLabel = "N",
      description =
          "Least number of messages of a run, spread over its faults; default 20000, of kill-tm"
              + " 40000, of soak 3000000.")
  private @Nullable Long records;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the report; default docs/benchmarks with --all, else cli/target/chaos.")
  private @Nullable Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder below which a run writes; default: that of temporary files. What a run leaves is"
              + " removed when it passed.")
  private @Nullable Path data;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public ChaosCommand() {}

  @Override
  public Integer call() throws Exception {
    if (fuzz.isAsked()) {
      refuseWhatFuzzingDoesNotUse();
      return fuzz.run(seeds == null ? 1 : seeds.get(0)) ? 0 : 1;
    }
    Set<Scenario> chosen = chosen();
    if (kills != null && kills < 1) {
      throw wrong("--kills: must be ≥ 1, was " + kills);
    }
    if (records != null && records < LEAST_RECORDS) {
      throw wrong("--records: must be ≥ %d, was %d".formatted(LEAST_RECORDS, records));
    }
    PrintWriter err = spec.commandLine().getErr();
    Path home = Path.of(System.getProperty("tidewatch.home", ".")).toAbsolutePath().normalize();
    ChaosRun.Deployment deployment = deployment(home);
    List<ChaosResult> results = new ArrayList<>();
    for (Scenario scenario : chosen) {
      List<Long> ofScenario = seeds == null ? scenario.usualSeeds() : seeds;
      for (long seed : scenario.hasFaults() ? ofScenario : ofScenario.subList(0, 1)) {
        results.add(run(scenario, seed, deployment, err));
        write(home, new ChaosReport(results), err);
      }
    }
    spec.commandLine().getOut().println(new ChaosLine(results).text());
    return new ChaosReport(results).passed() ? 0 : 1;
  }

  private void refuseWhatFuzzingDoesNotUse() {
    Stream.of("--scenario", "--all", "--kills", "--records", "--out", "--data")
        .filter(spec.commandLine().getParseResult()::hasMatchedOption)
        .findFirst()
        .ifPresent(
            option -> {
              throw wrong(option + ": must not stand with --fuzz, which starts no server");
            });
    if (seeds != null && seeds.size() > 1) {
      throw wrong("--seed: must be one with --fuzz, was " + joined(seeds));
    }
  }

  private Set<Scenario> chosen() {
    if (all == (scenarios != null)) {
      throw wrong("--scenario, --all or --fuzz: must be given, one of them");
    }
    return scenarios == null
        ? Arrays.stream(Scenario.values())
            .filter(Scenario::isOfAll)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scenario.class)))
        : EnumSet.copyOf(scenarios);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private ChaosResult run(
      Scenario scenario, long seed, ChaosRun.Deployment deployment, PrintWriter err)
      throws Exception {
    Path folder = folder();
    int faults = kills == null ? scenario.usualFaults() : kills;
    long messages = records == null ? scenario.usualRecords() : records;
    ChaosResult result =
        new ChaosRun(scenario, seed, faults, messages, deployment, err::println).run(folder);
    result.problems().forEach(problem -> err.println("  " + problem));
    if (result.verdict() == Verdict.PASSED) {
      delete(folder);
      err.printf("%s, seed %d: passed%n", scenario, seed);
    } else {
      err.printf("%s, seed %d: %s, see %s%n", scenario, seed, result.verdict().text(), folder);
    }
    return result;
  }

  private Path folder() throws IOException {
    return data == null
        ? Files.createTempDirectory("tidewatch-chaos-")
        : Files.createTempDirectory(Files.createDirectories(data.toAbsolutePath()), "chaos-");
  }

  /** After each run, so that a run that takes long shows what it has. */
  private void write(Path home, ChaosReport report, PrintWriter err) throws IOException {
    Path folder = out;
    if (folder == null) {
      folder = home.resolve(all ? "docs/benchmarks" : "cli/target/chaos");
    }
    Path file = Files.createDirectories(folder).resolve(reportName());
    Files.writeString(file, report.text(command()));
    err.println("wrote " + file);
  }

  private String reportName() {
    return chosen().equals(EnumSet.of(Scenario.SOAK)) ? SOAK_REPORT : REPORT;
  }

  /** As it may be typed again, without folders of this machine. */
  private String command() {
    StringBuilder command = new StringBuilder("tidewatch chaos");
    command.append(all ? " --all" : " --scenario " + joined(chosen()));
    if (seeds != null) {
      command.append(" --seed ").append(joined(seeds));
    }
    if (kills != null) {
      command.append(" --kills ").append(kills);
    }
    if (records != null) {
      command.append(" --records ").append(records);
    }
    return command.toString();
  }

  private static String joined(Collection<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  /**
   * What the launcher has built.
   *
   * @throws IOException naming what is not there
   */
  static ChaosRun.Deployment deployment(Path home) throws IOException {
    Path lib = home.resolve("testkit/flink-lib/target/lib");
    if (!Files.isDirectory(lib)) {
      throw new IOException(lib + ": must hold the jars of Flink, is not there; build the project");
    }
    Path folder = home.resolve("jobs/target");
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      Path jar =
          files
              .filter(file -> file.getFileName().toString().matches("tidewatch-jobs-.*\\.jar"))
              .filter(file -> !file.toString().endsWith("-plain.jar"))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IOException(
                          folder + ": must hold tidewatch-jobs-<version>.jar; build the project"));
      return new ChaosRun.Deployment(lib, home.resolve("flink-conf"), jar);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
