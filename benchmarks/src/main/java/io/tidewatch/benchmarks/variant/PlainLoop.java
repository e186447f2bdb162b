package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.Progress;
import io.tidewatch.benchmarks.workload.Workload;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * No Flink at all: one thread, arrays, running window sketches. What the arithmetic alone costs,
 * and what the results of the others are compared with.
 */
public final class PlainLoop implements Variant {

  @Override
  public String id() {
    return "plain";
  }

  @Override
  public String what() {
    return "plain Java loop, running sketch, no Flink, no checkpoints, one thread";
  }

  @Override
  public Running start(Workload workload, Setting setting) {
    return new Loop(workload);
  }

  /** All windows of a workload that ends. */
  public static void windows(Workload workload, Consumer<WindowRow> rows) {
    new PlainWindows(workload, rows).run();
  }

  private static final class Loop implements Running {
    private final AtomicLong results = new AtomicLong();
    private final Thread thread;

    Loop(Workload workload) {
      var windows = new PlainWindows(workload, row -> results.lazySet(results.get() + 1));
      thread = new Thread(windows::run, "plain-loop");
      Progress.reached(0, 0);
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public long results() {
      return results.get();
    }

    @Override
    public Checkpoints checkpoints() {
      return Checkpoints.NONE;
    }

    @Override
    public void check() {
      if (!thread.isAlive()) {
        throw new IllegalStateException("the loop has ended");
      }
    }
  }
}
