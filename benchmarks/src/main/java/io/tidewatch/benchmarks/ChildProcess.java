package io.tidewatch.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts a {@code main} with the class path of this process, and waits for its result: a line that
 * begins with {@value #RESULT} and goes on in JSON.
 */
public final class ChildProcess {
  public static final String RESULT = "RESULT ";

  /** Start of Flink and of the planner on a busy machine, and the end. */
  private static final int OVERHEAD_SECONDS = 150;

  private static final int LAST_LINES = 15;

  private final ObjectMapper json = new ObjectMapper();
  private final String heap;

  /**
   * @param heap size of the heap, as the JVM takes it
   */
  public ChildProcess(String heap) {
    this.heap = heap;
  }

  /** The flags of the JVM, for the report. */
  public List<String> flags() {
    return List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseG1GC");
  }

  /** What the child is told; written as JSON into its one argument. */
  @FunctionalInterface
  public interface Order {
    /**
     * @param folder where the child may write; removed when it has ended
     */
    Object in(String folder);
  }

  /**
   * @param seconds how long the child itself means to take
   * @throws IOException when the run failed, with the last lines of what it wrote
   */
  public <R> R run(Class<?> main, Order order, int seconds, Class<R> type)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tidewatch-bench");
    try {
      Path out = folder.resolve("out");
      Object told = order.in(folder.toString());
      Process process =
          new ProcessBuilder(command(main, told))
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      try {
        boolean ended = process.waitFor(seconds + OVERHEAD_SECONDS, TimeUnit.SECONDS);
        return result(told, ended, Files.readAllLines(out), type);
      } finally {
        process.destroyForcibly().waitFor();
      }
    } finally {
      delete(folder);
    }
  }

  private List<String> command(Class<?> main, Object order) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return Stream.of(
            Stream.of(java),
            flags().stream(),
            Stream.of("-cp", classPath, main.getName(), json.writeValueAsString(order)))
        .flatMap(each -> each)
        .toList();
  }

  private <R> R result(Object order, boolean ended, List<String> lines, Class<R> type)
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
