package io.tidewatch.testkit.chaos;

import static org.awaitility.Awaitility.await;

import io.tidewatch.testkit.process.Supervisor;
import java.time.Duration;

/**
 * A fault that has happened.
 *
 * @param fault as planned
 * @param startMs when it began, milliseconds since the epoch
 * @param endMs when it was over: the server was killed, may start again, or goes on
 */
public record InjectedFault(Fault fault, long startMs, long endMs) {
  private static final Duration SLACK = Duration.ofMinutes(1);

  /** Does what the fault says; returns when it is over, not when anything has recovered. */
  public static InjectedFault inject(Fault fault, Supervisor supervisor) {
    long startMs = System.currentTimeMillis();
    switch (fault.kind()) {
      case KILL -> supervisor.kill(fault.victim());
      case STOP -> {
        supervisor.stop(fault.victim());
        pass(fault.length());
        supervisor.release(fault.victim());
      }
      case FREEZE -> {
        supervisor.freeze(fault.victim());
        pass(fault.length());
        supervisor.thaw(fault.victim());
      }
    }
    return new InjectedFault(fault, startMs, System.currentTimeMillis());
  }

  /** Lets time pass. */
  public static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plus(SLACK)).until(() -> true);
  }
}
