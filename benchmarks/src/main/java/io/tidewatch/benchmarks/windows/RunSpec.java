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

  RunSpec withVariant(String other) {
    return new RunSpec(other, parallelism, overlap, perKeyAndSecond);
  }
}
