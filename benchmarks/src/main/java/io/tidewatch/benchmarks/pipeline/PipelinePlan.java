package io.tidewatch.benchmarks.pipeline;

import io.tidewatch.benchmarks.decode.MessageFormat;
import io.tidewatch.benchmarks.decode.MessageKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which runs and how large.
 *
 * @param specs each is run once a repetition
 * @param sparseSeconds so many event-seconds at first hold one record a key, which makes the panes;
 *     each costs as many rows as a full one
 * @param fullSeconds event-seconds at the full rate
 * @param warmUpSeconds so many of them are read before the measurement
 * @param patienceSeconds after so long a run is given up
 * @param repetitions how often all of them are run, one after the other
 */
record PipelinePlan(
    List<PipelineSpec> specs,
    int sparseSeconds,
    int fullSeconds,
    int warmUpSeconds,
    int patienceSeconds,
    int repetitions) {
  static final int KEYS = MessageKind.KEYS;
  static final int RATE = 100;

  static final int WINDOW_SECONDS = 60;

  static PipelinePlan of(boolean quick) {
    List<PipelineSpec> specs = new ArrayList<>();
    for (MessageKind message : MessageKind.values()) {
      for (MessageFormat format : MessageFormat.values()) {
        for (Stage stage : Stage.values()) {
          // A moment has room for the start of two processes, which is most of what they do.
          if (!quick
              || (message == MessageKind.LATENCY
                  && format == MessageFormat.JSON
                  && stage != Stage.BYTES)) {
            specs.add(new PipelineSpec(message, format, stage));
          }
        }
      }
    }
    return quick
        ? new PipelinePlan(specs, 9, 2, 1, 120, 1)
        : new PipelinePlan(specs, WINDOW_SECONDS, 105, 60, 600, 3);
  }

  /** One spec each topic that is read. */
  List<PipelineSpec> topics() {
    return specs.stream().map(spec -> spec.withStage(Stage.DECODE)).distinct().toList();
  }

  PipelinePlan withRepetitions(int other) {
    return new PipelinePlan(
        specs, sparseSeconds, fullSeconds, warmUpSeconds, patienceSeconds, other);
  }

  /** Records of all keys before the rate is full. */
  private long sparseRecords() {
    return (long) sparseSeconds * KEYS;
  }

  long records() {
    return sparseRecords() + (long) fullSeconds * KEYS * RATE;
  }

  long warmUpRecords() {
    return sparseRecords() + (long) warmUpSeconds * KEYS * RATE;
  }
}
