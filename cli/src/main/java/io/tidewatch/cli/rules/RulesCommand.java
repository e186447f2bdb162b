package io.tidewatch.cli.rules;

import io.tidewatch.analytics.alert.FeatureSeries;
import io.tidewatch.analytics.alert.JobChoice;
import io.tidewatch.analytics.alert.LatencySeries;
import io.tidewatch.analytics.alert.ScoreSeries;
import io.tidewatch.analytics.alert.SeriesReader;
import io.tidewatch.analytics.alert.rule.AlertRule;
import io.tidewatch.analytics.alert.rule.Mute;
import io.tidewatch.analytics.alert.rule.Mutes;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.RuleFile;
import io.tidewatch.jobs.config.RuleFiles;
import io.tidewatch.jobs.config.YamlLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidewatch rules}: what alert rules say, before they are used. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description =
        "Checks and tests rule files, tells rules to the jobs that run, and lists them. check and"
            + " test connect to nothing. Exits 0 if all is well, 1 if not.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RulesPushCommand.class, RulesListCommand.class})
public final class RulesCommand {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public RulesCommand() {}

  /** Reads rule files. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Says what is wrong with rule files, and which job takes their rules.")
  int check(
      @Option(
              names = "--models",
              paramLabel = "DIR",
              description = "Telemetry models that rules may name; default: the shipped ones.")
          @Nullable Path models,
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files.")
          List<Path> files) {
    JobChoice jobs = jobs(models);
    boolean valid = true;
    for (Path file : files) {
      out().println("Checking " + file);
      try {
        Map<String, Integer> rules = check(jobs, file);
        out().println("  SUCCESS: " + found(rules));
      } catch (ConfigException e) {
        out().println("  FAILED");
        out().flush();
        err().println("tidewatch: " + e.getMessage());
        valid = false;
      }
      out().flush();
    }
    return valid ? 0 : 1;
  }

  /** Runs unit tests. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description =
          "Runs unit tests of rules, in the shape of promtool's: series that are fed, and the"
              + " alerts that are open at some times.")
  int test(
      @Parameters(arity = "1..*", paramLabel = "FILE", description = "Test files.")
          List<Path> files) {
    boolean passed = true;
    for (Path file : files) {
      out().println("Unit Testing:  " + file);
      try {
        List<String> failures = test(file);
        out().println(failures.isEmpty() ? "  SUCCESS" : "  FAILED:");
        failures.forEach(out()::print);
        passed &= failures.isEmpty();
      } catch (ConfigException e) {
        out().println("  FAILED");
        out().flush();
        err().println("tidewatch: " + e.getMessage());
        passed = false;
      }
      out().println();
      out().flush();
    }
    return passed ? 0 : 1;
  }

  private static Map<String, Integer> check(JobChoice jobs, Path file) {
    Map<String, Integer> rules = new TreeMap<>();
    for (AlertRule rule : RuleFiles.read(file).rules()) {
      try {
        rules.merge(jobs.jobOf(rule), 1, Integer::sum);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(file + ": rule '" + rule.name() + "': " + e.getMessage());
      }
    }
    return rules;
  }

  private static String found(Map<String, Integer> rules) {
    int all = rules.values().stream().mapToInt(Integer::intValue).sum();
    String byJob =
        rules.entrySet().stream()
            .map(job -> job.getValue() + " of the " + job.getKey() + " job")
            .collect(Collectors.joining(", "));
    return all + " rules found" + (byJob.isEmpty() ? "" : ": " + byJob);
  }

  private static List<String> test(Path file) {
    RuleTestFile read = RuleTestFile.read(file);
    RuleFile rules = rules(read.ruleFiles());
    Set<String> names = rules.rules().stream().map(AlertRule::name).collect(Collectors.toSet());
    List<String> failures = new ArrayList<>();
    for (RuleTest test : read.tests()) {
      for (RuleTest.Expectation expectation : test.expectations()) {
        if (!names.contains(expectation.alertname())) {
          throw new ConfigException(
              "%s: %s: alertname: must be a rule of the rule files, was '%s'"
                  .formatted(file, test.name(), expectation.alertname()));
        }
      }
      failures.addAll(new RuleTestRun(test, rules).failures());
    }
    return failures;
  }

  private static RuleFile rules(List<Path> files) {
    List<AlertRule> rules = new ArrayList<>();
    List<Mute> mutes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      RuleFile read = RuleFiles.read(file);
      for (AlertRule rule : read.rules()) {
        if (!names.add(rule.name())) {
          throw new ConfigException(
              file + ": rule '" + rule.name() + "': alert: must be unique, was in another file");
        }
      }
      rules.addAll(read.rules());
      mutes.addAll(read.mutes().all());
    }
    return new RuleFile(rules, new Mutes(mutes));
  }

  private static JobChoice jobs(@Nullable Path models) {
    Path folder =
        models == null
            ? Path.of(System.getProperty("tidewatch.home", "."), "flink-conf", "models")
            : models;
    Map<String, SeriesReader<?, ?>> jobs = new LinkedHashMap<>();
    jobs.put("telemetry", new FeatureSeries(ModelFiles.load(YamlLoader.ofProcess(), folder)));
    jobs.put("latency", new LatencySeries());
    jobs.put("anomaly", new ScoreSeries());
    return new JobChoice(jobs);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
