package io.tidewatch.testkit.process;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts servers and restarts those that die, as a service manager does, and counts: which deaths
 * it was told of, and which nobody wanted. Ends them all, the last one first, when it is closed.
 */
public final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  /** Between two looks; systemd waits as long before it restarts a service. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final Map<String, Ward> wards = new LinkedHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread looking = new Thread(work, "supervisor");
            looking.setDaemon(true);
            return looking;
          });
  private final ScheduledFuture<?> looks;

  public Supervisor() {
    this.looks =
        thread.scheduleWithFixedDelay(
            this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Starts a server, unless it runs, and keeps it running. */
  public void watch(Server server) {
    if (!server.isAlive()) {
      server.start();
    }
    synchronized (wards) {
      if (wards.putIfAbsent(server.name(), new Ward(server)) != null) {
        throw new IllegalArgumentException("name: must be unique, was twice " + server.name());
      }
    }
  }

  /** Kills a server; it comes back by itself. */
  public void kill(String name) {
    Ward ward = ward(name);
    synchronized (ward) {
      ward.deathWanted = true;
      ward.server.kill();
    }
  }

  /** Stops a server; it stays down until it is {@linkplain #release released}. */
  public void stop(String name) {
    Ward ward = ward(name);
    synchronized (ward) {
      ward.deathWanted = true;
      ward.held = true;
      ward.server.stop();
    }
  }

  /** Lets a stopped server come back. */
  public void release(String name) {
    Ward ward = ward(name);
    synchronized (ward) {
      ward.held = false;
    }
  }

  /** Freezes a server. */
  public void freeze(String name) {
    ward(name).server.freeze();
  }

  /** Thaws a server. */
  public void thaw(String name) {
    ward(name).server.thaw();
  }

  /**
   * How often each server that had come up, and that nobody had killed or stopped, was found dead;
   * without those at 0.
   */
  public Map<String, Integer> unwantedDeaths() {
    Map<String, Integer> deaths = new LinkedHashMap<>();
    for (Ward ward : wards()) {
      synchronized (ward) {
        if (ward.unwantedDeaths > 0) {
          deaths.put(ward.server.name(), ward.unwantedDeaths);
        }
      }
    }
    return deaths;
  }

  /** Those of the servers that are processes and run; without one that cannot tell. */
  public Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    for (Ward ward : wards()) {
      try {
        ward.server.process().ifPresent(process -> processes.put(ward.server.name(), process));
      } catch (RuntimeException e) {
        LOG.warn("{} cannot tell its process", ward.server.name(), e);
      }
    }
    return processes;
  }

  /** How often servers ended before they had come up, as they do on a machine that is too busy. */
  public int failedStarts() {
    int failed = 0;
    for (Ward ward : wards()) {
      synchronized (ward) {
        failed += ward.failedStarts;
      }
    }
    return failed;
  }

  @Override
  public void close() {
    looks.cancel(false);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.error("the supervisor still starts a server");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Ward> last = wards();
    for (int i = last.size() - 1; i >= 0; i--) {
      last.get(i).server.close();
    }
  }

  private void look() {
    for (Ward ward : wards()) {
      synchronized (ward) {
        try {
          if (!ward.held && !ward.server.isAlive()) {
            ward.noteDeath();
            ward.server.start();
            ward.down = false;
          }
        } catch (RuntimeException e) {
          LOG.warn("{} did not start, next try at the next look", ward.server.name(), e);
        }
      }
    }
  }

  private List<Ward> wards() {
    synchronized (wards) {
      return List.copyOf(wards.values());
    }
  }

  private Ward ward(String name) {
    synchronized (wards) {
      Ward ward = wards.get(name);
      if (ward == null) {
        throw new IllegalArgumentException(
            "name: must be one of " + wards.keySet() + ", was " + name);
      }
      return ward;
    }
  }

  /** A server and what is known of it. */
  private static final class Ward {
    private final Server server;
    private boolean held;
    private boolean down;
    private boolean deathWanted;
    private int unwantedDeaths;
    private int failedStarts;

    Ward(Server server) {
      this.server = server;
    }

    /** Once a death, however often the start behind it is tried. */
    private void noteDeath() {
      if (down) {
        return;
      }
      down = true;
      if (deathWanted) {
        deathWanted = false;
      } else if (server.hasServed()) {
        unwantedDeaths++;
      } else {
        failedStarts++;
      }
    }
  }
}
