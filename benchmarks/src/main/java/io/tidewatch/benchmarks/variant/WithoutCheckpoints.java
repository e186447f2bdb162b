package io.tidewatch.benchmarks.variant;

import io.tidewatch.benchmarks.workload.Workload;
import java.time.Duration;

/**
 * A variant of which no checkpoint is taken: the difference is what they cost. They write all
 * panes, so they grow with the overlap even where windows do not.
 */
final class WithoutCheckpoints implements Variant {
  private final Variant checkpointed;

  WithoutCheckpoints(Variant checkpointed) {
    this.checkpointed = checkpointed;
  }

  @Override
  public String id() {
    return checkpointed.id() + "-without-checkpoints";
  }

  @Override
  public String what() {
    return checkpointed.what() + ", no checkpoints";
  }

  @Override
  public String ceiling() {
    return checkpointed.ceiling();
  }

  @Override
  public boolean isFullAtOnce() {
    return checkpointed.isFullAtOnce();
  }

  @Override
  public int sparseSeconds(int overlap) {
    return checkpointed.sparseSeconds(overlap);
  }

  @Override
  public int fullSeconds(int overlap, int perKeyAndSecond) {
    return checkpointed.fullSeconds(overlap, perKeyAndSecond);
  }

  @Override
  public Running start(Workload workload, Setting setting) throws Exception {
    return checkpointed.start(
        workload,
        new Setting(setting.parallelism(), Duration.ZERO, setting.folder(), setting.backend()));
  }
}
