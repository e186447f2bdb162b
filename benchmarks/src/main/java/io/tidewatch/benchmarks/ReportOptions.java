package io.tidewatch.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options all benchmarks have, and where their reports go. */
public final class ReportOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--quick",
      description =
          "The same shape of work for a moment: shows that it works. Writes to"
              + " benchmarks/target/quick unless --out is given.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the report; default docs/benchmarks.")
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public ReportOptions() {}

  /** Whether a moment is enough. */
  public boolean quick() {
    return quick;
  }

  /** The command as it was typed. */
  public String command() {
    return "tidewatch "
        + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }

  /** Writes a file of the report and tells where. */
  public void write(String name, String text) throws IOException {
    Path file = OutputFolder.of(out, quick).resolve(name);
    OutputFolder.write(file, text);
    System.err.println("wrote " + file);
  }
}
