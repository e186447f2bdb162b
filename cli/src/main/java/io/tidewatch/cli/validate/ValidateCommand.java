package io.tidewatch.cli.validate;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.JobFiles;
import io.tidewatch.jobs.config.SeriesCost;
import io.tidewatch.jobs.config.YamlLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidewatch validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Reads configuration files of jobs with the models and rules they name, and says what is"
            + " wrong with them and what the jobs would cost. Connects to nothing. Exits 0 if all"
            + " can be used, 1 if not.")
public final class ValidateCommand implements Callable<Integer> {
  /** More keys than any deployment has; products with bytes stay exact enough to be read. */
  private static final long MOST_KEYS = 1_000_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "CONFIG",
      description = "Files as given to a job with --config.")
  private List<Path> files;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many devices or endpoints of each kind; default ${DEFAULT-VALUE}.")
  private long keys;

  @Option(
      names = "--job",
      paramLabel = "JOB",
      description =
          "The job that the files are for: ${COMPLETION-CANDIDATES}. Default: the one that has the"
              + " keys of the file, or else begins its name.")
  private @Nullable Job job;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public ValidateCommand() {}

  @Override
  public Integer call() {
    if (keys < 1 || keys > MOST_KEYS) {
      throw new ParameterException(
          spec.commandLine(), "--keys: must be 1 to %d, was %d".formatted(MOST_KEYS, keys));
    }
    boolean valid = true;
    for (Path file : files) {
      valid &= validate(file);
    }
    return valid ? 0 : 1;
  }

  private boolean validate(Path file) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    YamlLoader loader = YamlLoader.ofProcess();
    JobFiles read;
    Job of;
    try {
      of = job == null ? Job.of(loader, file) : job;
      read = of.load(loader, file);
    } catch (ConfigException e) {
      err.println("tidewatch: " + e.getMessage());
      return false;
    }
    out.printf("%s: %s job, %s%n", file, of, read.summary());
    CostTable.lines(read.series(), keys).forEach(out::println);
    CostTable.aligned(read.costs(keys), 1).forEach(out::println);
    out.flush();
    boolean valid = true;
    for (SeriesCost series : read.series()) {
      for (String refusal : series.refusals()) {
        err.println("tidewatch: " + refusal);
        valid = false;
      }
      series.warnings().forEach(line -> err.println("tidewatch: warning: " + line));
    }
    return valid;
  }
}
