package io.tidewatch.jobs.savepoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.jobs.JobUnderTest;
import java.time.Instant;
import org.apache.flink.api.common.JobID;

/**
 * What a job of the fixtures reads, second by second, the same for ever: what it had read when its
 * savepoint was written can so be written again. A change here strands the fixtures there are.
 */
interface SeededInput {
  long START_MS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  /** Name of the job, as its folder among the fixtures. */
  String job();

  JobUnderTest.Builder builder();

  /** How many seconds lie before the savepoint. */
  int secondsBefore();

  /** Writes what is in the topics before the job is started. */
  default void prepare(FixtureSpace space, SavepointFixture fixture) {
    space.write("rules", "Told", fixture.toldRule().getBytes(UTF_8));
  }

  /** Writes these seconds. */
  void write(FixtureSpace space, int fromSecond, int seconds);

  /** Waits until a job has read so many seconds since it was started. */
  void awaitRead(FixtureSpace space, JobID job, int seconds);

  /** Waits until all has been told that can be told of the seconds before the savepoint. */
  void awaitTold(FixtureSpace space);

  /** Event time up to which a job has told its windows when it has read these seconds. */
  static long toldMs(int seconds) {
    // one partition has the last record, 50 ms before the end, the other one the last but one;
    // watermarks are 5 s and a millisecond behind
    return START_MS + seconds * 1_000L - 150 - 5_001;
  }
}
