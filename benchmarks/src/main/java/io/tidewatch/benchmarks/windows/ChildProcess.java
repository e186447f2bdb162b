package io.tidewatch.benchmarks.windows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts a {@link ChildRun} with the class path of this process, and waits for its result. */
final class ChildProcess {
  /** Start of Flink and of the planner on a busy machine, and the end. */
  private static final int OVERHEAD_SECONDS = 150;

  private static final int LAST_LINES = 15;

  private final ObjectMapper json = new ObjectMapper();
  private final String heap;

  /**
   * @param heap size of the heap, as the JVM takes it
   */
  ChildProcess(String heap) {
    this.heap = heap;
  }

  /** The flags of the JVM, for the report. */
  List<String> flags() {
    return List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseG1GC");
  }

  /**
   * @throws IOException when the run failed, with the last lines of what it wrote
   */
  RunResult run(RunSpec spec, RunTimes times) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tidewatch-bench");
    try {
      Path out = folder.resolve("out");
      Process process =
          new ProcessBuilder(command(new RunOrder(spec, times, folder.toString())))
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      try {
        int patience =
            times.panesSeconds()
                + times.recordsSeconds()
                + times.warmUpSeconds()
                + times.measuredSeconds()
                + OVERHEAD_SECONDS;
        boolean ended = process.waitFor(patience, TimeUnit.SECONDS);
        return result(spec, ended, Files.readAllLines(out));
      } finally {
        process.destroyForcibly().waitFor();
      }
    } finally {
      delete(folder);
    }
  }

  private List<String> command(RunOrder order) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return Stream.of(
            Stream.of(java),
            flags().stream(),
            Stream.of("-cp", classPath, ChildRun.class.getName(), json.writeValueAsString(order)))
        .flatMap(each -> each)
        .toList();
  }

  private RunResult result(RunSpec spec, boolean ended, List<String> lines) throws IOException {
    for (String line : lines) {
      if (line.startsWith(ChildRun.RESULT)) {
        return json.readValue(line.substring(ChildRun.RESULT.length()), RunResult.class);
      }
    }
    throw new IOException(
        "%s %s:%n%s"
            .formatted(
                spec,
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
