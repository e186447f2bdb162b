package io.tidewatch.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Starts a run with the class path of this process, and waits for its result. */
public final class ChildProcess {
  private static final String RESULT = "RESULT ";
  private static final int LAST_LINES = 15;

  private final ObjectMapper json = new ObjectMapper();
  private final List<String> flags;

  /** What a run does. */
  @FunctionalInterface
  public interface Work<O, R> {
    R run(O order) throws Exception;
  }

  /**
   * @param heap size of the heap, as the JVM takes it
   */
  public ChildProcess(String heap) {
    this.flags = List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseG1GC", "-XX:+AlwaysPreTouch");
  }

  /** The flags of the JVM, for the report. */
  public List<String> flags() {
    return flags;
  }

  /**
   * @param main its {@code main} calls {@link #answer}
   * @param order what the run is told, given a folder that it may write to
   * @throws IOException when the run failed, with the last lines of what it wrote
   */
  public <O, R> R run(Class<?> main, Function<Path, O> order, Class<R> result, Duration patience)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tidewatch-bench");
    try {
      Path out = folder.resolve("out");
      O told = order.apply(folder);
      Process process =
          new ProcessBuilder(command(main, json.writeValueAsString(told)))
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      try {
        boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
        return result(told, result, ended, Files.readAllLines(out));
      } finally {
        process.destroyForcibly().waitFor();
      }
    } finally {
      delete(folder);
    }
  }

  /**
   * The {@code main} of a run: prints the result as the last line and ends the process.
   *
   * @param arguments one, the order as JSON
   */
  public static <O, R> void answer(String[] arguments, Class<O> order, Work<O, R> work) {
    int exit = 1;
    try {
      ObjectMapper json = new ObjectMapper();
      R result = work.run(json.readValue(arguments[0], order));
      System.out.println(RESULT + json.writeValueAsString(result));
      exit = 0;
    } catch (Exception | Error e) {
      LoggerFactory.getLogger(ChildProcess.class).error("run failed", e);
    } finally {
      // Nothing is left behind but the folder, which whoever started this removes.
      Runtime.getRuntime().halt(exit);
    }
  }

  private List<String> command(Class<?> main, String order) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return Stream.of(
            Stream.of(java), flags.stream(), Stream.of("-cp", classPath, main.getName(), order))
        .flatMap(each -> each)
        .toList();
  }

  private <O, R> R result(O order, Class<R> type, boolean ended, List<String> lines)
      throws IOException {
    for (String line : lines) {
      if (line.startsWith(RESULT)) {
        return json.readValue(line.substring(RESULT.length()), type);
      }
    }
    throw new IOException(
        "%s %s:%n%s"
            .formatted(
                order,
                ended ? "failed" : "did not end in time",
                String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
