package io.tidewatch.testkit.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Faults one after the other; the same seed gives the same ones.
 *
 * @param faults in order
 */
public record FaultSchedule(List<Fault> faults) {
  /**
   * From soon after a recovery, when the first checkpoint may not be complete, to some checkpoints
   * later: faults are to hit a job in all its states.
   */
  private static final int LEAST_PAUSE_MS = 1_000;

  private static final int GREATEST_PAUSE_MS = 11_000;

  public FaultSchedule {
    faults = List.copyOf(faults);
  }

  /**
   * @param victims of which one is drawn for each fault
   * @param length of each fault
   * @param count how many; 0 for none
   */
  public static FaultSchedule of(
      long seed, FaultKind kind, List<String> victims, Duration length, int count) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String victim = victims.get(random.nextInt(victims.size()));
      int pauseMs = LEAST_PAUSE_MS + random.nextInt(GREATEST_PAUSE_MS - LEAST_PAUSE_MS);
      faults.add(new Fault(kind, victim, length, Duration.ofMillis(pauseMs)));
    }
    return new FaultSchedule(faults);
  }
}
