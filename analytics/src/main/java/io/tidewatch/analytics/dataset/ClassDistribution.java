package io.tidewatch.analytics.dataset;

import io.tidewatch.schemas.dataset.ClassCounts;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.dataset.Part;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of each part have which label. Memory: an entry a label and part. Mutable, not for
 * several threads.
 */
public final class ClassDistribution {
  private final Tally train = new Tally();
  private final Tally validation = new Tally();

  /**
   * Adds one row.
   *
   * @param label null when it has none
   */
  public void add(Part part, @Nullable String label) {
    (part == Part.TRAIN ? train : validation).add(label);
  }

  /** The labels of rows that are not split. */
  public static ClassCounts of(List<LabelledVector> rows) {
    Tally tally = new Tally();
    rows.forEach(row -> tally.add(row.label()));
    return tally.counts();
  }

  /** The labels of all rows of both parts; rows without label add none. */
  public SortedSet<String> labels() {
    SortedSet<String> all = new TreeSet<>(train.labelled.keySet());
    all.addAll(validation.labelled.keySet());
    return all;
  }

  /** The rows of both parts, also of one without rows. */
  public Map<Part, ClassCounts> counts() {
    Map<Part, ClassCounts> counts = new EnumMap<>(Part.class);
    counts.put(Part.TRAIN, train.counts());
    counts.put(Part.VALIDATION, validation.counts());
    return counts;
  }

  /** The rows of one part. */
  private static final class Tally {
    private final SortedMap<String, Long> labelled = new TreeMap<>();
    private long unlabelled;

    void add(@Nullable String label) {
      if (label == null) {
        unlabelled++;
      } else {
        labelled.merge(label, 1L, Long::sum);
      }
    }

    ClassCounts counts() {
      return new ClassCounts(labelled, unlabelled);
    }
  }
}
