package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.dataset.ClassCounts;
import io.tidewatch.schemas.dataset.Part;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClassDistributionTest {

  @Test
  void countsTheLabelsOfEachPart() {
    ClassDistribution distribution = new ClassDistribution();
    distribution.add(Part.TRAIN, "ok");
    distribution.add(Part.TRAIN, "worn");
    distribution.add(Part.TRAIN, "ok");
    distribution.add(Part.TRAIN, null);
    distribution.add(Part.VALIDATION, "broken");
    assertThat(distribution.counts())
        .isEqualTo(
            Map.of(
                Part.TRAIN, new ClassCounts(new TreeMap<>(Map.of("ok", 2L, "worn", 1L)), 1),
                Part.VALIDATION, new ClassCounts(new TreeMap<>(Map.of("broken", 1L)), 0)));
    assertThat(distribution.labels()).containsExactly("broken", "ok", "worn");
  }

  @Test
  void countsTheLabelsOfRowsThatAreNotSplit() {
    ClassTally tally = new ClassTally();
    assertThat(tally.counts().rows()).isZero();
    for (String label : Arrays.asList("worn", null, "ok", "worn")) {
      tally.add(label);
    }
    assertThat(tally.counts())
        .isEqualTo(new ClassCounts(new TreeMap<>(Map.of("ok", 1L, "worn", 2L)), 1));
  }

  @Test
  void tellsBothPartsWhenThereIsNothing() {
    ClassDistribution distribution = new ClassDistribution();
    assertThat(distribution.counts()).containsOnlyKeys(Part.TRAIN, Part.VALIDATION);
    assertThat(distribution.counts().values()).allMatch(counts -> counts.rows() == 0);
    assertThat(distribution.labels()).isEmpty();
  }

  @Test
  void whatWasToldStaysWhenMoreIsAdded() {
    ClassDistribution distribution = new ClassDistribution();
    distribution.add(Part.TRAIN, "ok");
    Map<Part, ClassCounts> told = distribution.counts();
    distribution.add(Part.TRAIN, "ok");
    assertThat(told).containsEntry(Part.TRAIN, new ClassCounts(new TreeMap<>(Map.of("ok", 1L)), 0));
  }
}
