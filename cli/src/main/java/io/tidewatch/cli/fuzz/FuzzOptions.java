package io.tidewatch.cli.fuzz;

import io.tidewatch.testkit.fuzz.FuzzTally;
import io.tidewatch.testkit.fuzz.FuzzTarget;
import io.tidewatch.testkit.fuzz.Fuzzer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --fuzz} and what belongs to it. */
public final class FuzzOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--fuzz",
      description =
          "Feeds decoders, codecs of state and the rule parser with what nobody wrote in good"
              + " faith, by chance from --seed; starts no server.")
  private boolean fuzz;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "With --fuzz: how long each target is fed; default 600.")
  private @Nullable Long seconds;

  @Option(
      names = "--target",
      split = ",",
      paramLabel = "NAME",
      description = "With --fuzz: that target only, several with commas; default all.")
  private @Nullable List<String> names;

  @Option(
      names = "--input",
      paramLabel = "HEX",
      description = "With --fuzz and one --target: feeds it with this input and nothing else.")
  private @Nullable String input;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public FuzzOptions() {}

  /** Whether to fuzz; refuses what belongs to it without it. */
  public boolean isAsked() {
    if (!fuzz && (seconds != null || names != null || input != null)) {
      String option = seconds != null ? "--seconds" : names != null ? "--target" : "--input";
      throw wrong(option + ": must stand with --fuzz");
    }
    return fuzz;
  }

  /**
   * Feeds the targets and says what became of it.
   *
   * @return whether every promise was kept
   */
  public boolean run(long seed) {
    PrintWriter out = spec.commandLine().getOut();
    List<FuzzTarget> targets = targets();
    byte[] only = only(targets);
    long ns = Duration.ofSeconds(checkedSeconds()).toNanos();
    boolean kept = true;
    for (FuzzTarget target : targets) {
      long startNs = System.nanoTime();
      FuzzTally tally =
          only == null
              ? Fuzzer.run(target, seed, inputs -> System.nanoTime() - startNs < ns)
              : Fuzzer.once(target, only);
      out.print(FuzzReport.text(target.name(), tally));
      out.flush();
      kept &= tally.failures().isEmpty();
    }
    return kept;
  }

  private long checkedSeconds() {
    long each = seconds == null ? 600 : seconds;
    if (each < 1) {
      throw wrong("--seconds: must be ≥ 1, was " + each);
    }
    return each;
  }

  private List<FuzzTarget> targets() {
    List<String> chosen = names == null ? FuzzTargets.names() : names;
    for (String name : chosen) {
      if (!FuzzTargets.names().contains(name)) {
        throw wrong(
            "--target: must be of %s, was '%s'"
                .formatted(String.join(", ", FuzzTargets.names()), name));
      }
    }
    return FuzzTargets.all().stream().filter(target -> chosen.contains(target.name())).toList();
  }

  private byte @Nullable [] only(List<FuzzTarget> targets) {
    if (input == null) {
      return null;
    }
    if (targets.size() != 1) {
      throw wrong("--input: must stand with one --target, stood with " + targets.size());
    }
    try {
      return HexFormat.of().parseHex(input);
    } catch (IllegalArgumentException e) {
      throw wrong("--input: must be hexadecimal, was not (" + e.getMessage() + ")");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
