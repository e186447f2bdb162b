package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.Part;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks whether windows of train and validation share time: the records of that time would be in
 * both. It asks the windows themselves and not the split, so that it also finds what a split does
 * wrongly. Windows of different devices share no record and may share time.
 *
 * <p>By times: windows by points that meet within one millisecond count as overlapping, since
 * nobody can tell.
 *
 * <p>Memory: two windows a device. Mutable, not for several threads.
 */
public final class LeakageCheck {
  private final Map<String, Seen> devices = new HashMap<>();

  /**
   * Adds a window. Windows of a device come in order of their start; devices may take turns.
   *
   * @param startMs start, inclusive, milliseconds since the epoch
   * @param endMs end, exclusive, after {@code startMs}
   * @throws LeakageException when it overlaps a window of the same device in the other part
   * @throws IllegalArgumentException when it comes out of order or has no length
   */
  public void add(String device, long startMs, long endMs, Part part) {
    Window window = new Window(startMs, endMs);
    if (endMs <= startMs) {
      throw new IllegalArgumentException(
          "window: must end after its start, was %s of device '%s'".formatted(window, device));
    }
    devices.computeIfAbsent(device, name -> new Seen()).add(device, window, part);
  }

  /** What was seen of one device. */
  private static final class Seen {
    /** Of each part the window that ends last: it overlaps the next one if any of the part does. */
    private final Map<Part, Window> longest = new EnumMap<>(Part.class);

    private long lastStartMs = Long.MIN_VALUE;

    void add(String device, Window window, Part part) {
      if (window.startMs() < lastStartMs) {
        throw new IllegalArgumentException(
            "windows of device '%s': must come by start, was %s behind a start at %s"
                .formatted(device, window, Instant.ofEpochMilli(lastStartMs)));
      }
      lastStartMs = window.startMs();
      Part other = part == Part.TRAIN ? Part.VALIDATION : Part.TRAIN;
      Window before = longest.get(other);
      if (before != null && before.endMs() > window.startMs()) {
        throw new LeakageException(
            "split: windows of train and validation must not overlap, were %s in %s and %s in %s of device '%s'"
                .formatted(before, other.directory(), window, part.directory(), device));
      }
      longest.merge(part, window, (a, b) -> a.endMs() >= b.endMs() ? a : b);
    }
  }

  private record Window(long startMs, long endMs) {
    @Override
    public String toString() {
      return "[%s, %s)".formatted(Instant.ofEpochMilli(startMs), Instant.ofEpochMilli(endMs));
    }
  }
}
