package io.tidewatch.testkit.chaos;

import io.tidewatch.testkit.process.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory, threads and open files of the supervised processes, looked up every few seconds where the
 * operating system is Linux ({@code /proc}); elsewhere nothing is known.
 */
public final class Resources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Resources.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** A JVM that starts grows: this long nobody looks. */
  private static final Duration WARM_UP = Duration.ofMinutes(1);

  /** Lines through less than that are lines through noise. */
  private static final Duration LEAST = Duration.ofMinutes(10);

  private static final String MEMORY = "resident memory, MB";
  private static final String THREADS = "threads";
  private static final String FILES = "open files";

  private final Supervisor supervisor;
  private final long startNs = System.nanoTime();
  private final Map<String, Map<Long, Life>> lives = new LinkedHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread looking = new Thread(work, "resources");
            looking.setDaemon(true);
            return looking;
          });

  Resources(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  /** Looks at them from now on, until it is closed. */
  public static Resources watch(Supervisor supervisor) {
    Resources resources = new Resources(supervisor);
    if (Files.isDirectory(Path.of("/proc/self/fd"))) {
      var unused =
          resources.thread.scheduleWithFixedDelay(
              resources::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
    return resources;
  }

  /** One of each server and resource; none before there are ten minutes of samples. */
  public synchronized List<Trend> trends() {
    if (System.nanoTime() - startNs < LEAST.toNanos()) {
      return List.of();
    }
    List<Trend> trends = new ArrayList<>();
    lives.forEach(
        (server, ofServer) -> {
          for (String resource : List.of(MEMORY, THREADS, FILES)) {
            List<List<Trend.Sample>> samples =
                ofServer.values().stream()
                    .map(life -> life.samples.getOrDefault(resource, List.of()))
                    .filter(life -> !life.isEmpty())
                    .toList();
            if (!samples.isEmpty()) {
              trends.add(Trend.of(server, resource, samples));
            }
          }
        });
    return trends;
  }

  /** Throws nothing: what a scheduler runs is never run again after an exception. */
  synchronized void look() {
    long nowNs = System.nanoTime();
    supervisor
        .processes()
        .forEach(
            (server, process) -> {
              try {
                look(server, process.pid(), nowNs);
              } catch (RuntimeException e) {
                LOG.warn("{} cannot be looked at, next try at the next look", server, e);
              }
            });
  }

  private void look(String server, long pid, long nowNs) {
    Life life =
        lives
            .computeIfAbsent(server, name -> new LinkedHashMap<>())
            .computeIfAbsent(pid, id -> new Life(nowNs));
    if (nowNs - life.sinceNs >= WARM_UP.toNanos()) {
      sample(pid, (nowNs - startNs) / 3.6e12, life);
    }
  }

  /** Nothing of a process that has just ended. */
  private static void sample(long pid, double hours, Life life) {
    Path process = Path.of("/proc", Long.toString(pid));
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      double open = files.count();
      double memory = Double.NaN;
      double threads = Double.NaN;
      for (String line : Files.readAllLines(process.resolve("status"))) {
        if (line.startsWith("VmRSS:")) {
          memory = number(line) / 1024;
        } else if (line.startsWith("Threads:")) {
          threads = number(line);
        }
      }
      life.add(MEMORY, hours, memory);
      life.add(THREADS, hours, threads);
      life.add(FILES, hours, open);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("process {} has ended", pid, e);
    }
  }

  private static double number(String line) {
    return Double.parseDouble(line.replaceAll("[^0-9]", ""));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static final class Life {
    private final long sinceNs;
    private final Map<String, List<Trend.Sample>> samples = new LinkedHashMap<>();

    Life(long sinceNs) {
      this.sinceNs = sinceNs;
    }

    void add(String resource, double hours, double value) {
      if (!Double.isNaN(value)) {
        samples
            .computeIfAbsent(resource, name -> new ArrayList<>())
            .add(new Trend.Sample(hours, value));
      }
    }
  }
}
