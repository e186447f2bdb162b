package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.ClassCounts;
import io.tidewatch.schemas.dataset.Part;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of each part have which label. Memory: an entry a label and part. Mutable, not for
 * several threads.
 */
public final class ClassDistribution {
  private final ClassTally train = new ClassTally();
  private final ClassTally validation = new ClassTally();

  /**
   * Adds one row.
   *
   * @param label null when it has none
   */
  public void add(Part part, @Nullable String label) {
    (part == Part.TRAIN ? train : validation).add(label);
  }

  /** The labels of all rows of both parts; rows without label add none. */
  public SortedSet<String> labels() {
    SortedSet<String> all = new TreeSet<>(train.counts().counts().keySet());
    all.addAll(validation.counts().counts().keySet());
    return all;
  }

  /** The rows of both parts, also of one without rows. */
  public Map<Part, ClassCounts> counts() {
    Map<Part, ClassCounts> counts = new EnumMap<>(Part.class);
    counts.put(Part.TRAIN, train.counts());
    counts.put(Part.VALIDATION, validation.counts());
    return counts;
  }
}
