package io.tidewatch.benchmarks.alerts;

import io.tidewatch.schemas.derived.AlertStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Which readings are bad, and which events that makes of the shipped rule {@value #RULE} over the
 * shipped windows. One device in ten is bad for half of each cycle, each beginning at another time,
 * so that alerts fire and resolve all the time. Seconds are event time since the epoch.
 */
final class Faults {
  static final String RULE = "WeldingVibrationHigh";

  /** Vibration in mm/s. */
  static final int FINE = 2;

  /** Likewise. */
  static final int BAD = 20;

  /** The rule fires above that mean, in mm/s … */
  static final int THRESHOLD = 8;

  /** … that has held for so long, in seconds. */
  static final int HOLD_SECONDS = 5;

  static final int WINDOW_SECONDS = 10;

  /** How far behind the readings event time is, in seconds. */
  static final int OUT_OF_ORDER_SECONDS = 5;

  private static final int ONE_IN = 10;
  private static final int CYCLE_SECONDS = 40;
  private static final int BAD_SECONDS = 20;

  /** No divisor of the cycle, so that all phases of it occur. */
  private static final int NEXT_BEGINS_SECONDS = 7;

  private Faults() {}

  /**
   * A transition.
   *
   * @param device its name
   * @param second end of the window that made it
   */
  record Transition(String device, AlertStatus status, long second) {}

  static String device(int number) {
    return "device-" + number;
  }

  /** What that device measures, in mm/s. */
  static int vibration(int device, long second) {
    long phase = (second + (long) device / ONE_IN * NEXT_BEGINS_SECONDS) % CYCLE_SECONDS;
    return device % ONE_IN == 0 && phase < BAD_SECONDS ? BAD : FINE;
  }

  /**
   * All transitions of devices that send from a second on, as often in each second.
   *
   * @param lastEnd end of the last window that fires
   */
  static List<Transition> transitions(int devices, long firstSecond, long lastEnd) {
    List<Transition> all = new ArrayList<>();
    for (int device = 0; device < devices; device += ONE_IN) {
      add(all, device, firstSecond, lastEnd);
    }
    return all;
  }

  private static void add(List<Transition> all, int device, long firstSecond, long lastEnd) {
    long since = Long.MAX_VALUE;
    boolean fires = false;
    for (long end = firstSecond + 1; end <= lastEnd; end++) {
      long seconds = 0;
      long sum = 0;
      for (long at = Math.max(firstSecond, end - WINDOW_SECONDS); at < end; at++) {
        seconds++;
        sum += vibration(device, at);
      }
      if (sum <= THRESHOLD * seconds) {
        if (fires) {
          all.add(new Transition(device(device), AlertStatus.RESOLVED, end));
        }
        fires = false;
        since = Long.MAX_VALUE;
        continue;
      }
      since = Math.min(since, end);
      if (!fires && end - since >= HOLD_SECONDS) {
        fires = true;
        all.add(new Transition(device(device), AlertStatus.FIRING, end));
      }
    }
  }
}
