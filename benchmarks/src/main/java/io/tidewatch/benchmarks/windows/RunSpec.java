package io.tidewatch.benchmarks.windows;

/**
 * One line of a table.
 *
 * @param variant its name
 * @param parallelism subtasks of each operator
 * @param overlap windows a record lies in
 * @param perKeyAndSecond records of a key in an event-second
 */
public record RunSpec(String variant, int parallelism, int overlap, int perKeyAndSecond) {

  private static final int KEYS = 1_000;

  /** As many as a busy subtask has in a slide. */
  private static final int KEYS_ONCE = 20_000;

  /** How many keys there are: many where each comes once a slide. */
  public int keys() {
    return perKeyAndSecond == Plan.ONCE ? KEYS_ONCE : KEYS;
  }

  /** The same of another variant. */
  public RunSpec withVariant(String other) {
    return new RunSpec(other, parallelism, overlap, perKeyAndSecond);
  }
}
