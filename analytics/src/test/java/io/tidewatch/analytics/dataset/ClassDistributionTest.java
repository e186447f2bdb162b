package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.dataset.ClassCounts;
import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.dataset.Part;
import io.tidewatch.schemas.derived.FeatureVector;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
    assertThat(ClassDistribution.of(List.of(row("worn"), row(null), row("ok"), row("worn"))))
        .isEqualTo(new ClassCounts(new TreeMap<>(Map.of("ok", 1L, "worn", 2L)), 1));
    assertThat(ClassDistribution.of(List.of()).rows()).isZero();
  }

  private static LabelledVector row(@Nullable String label) {
    return new LabelledVector(new FeatureVector("m", "d", 0, 1, 1, new double[0]), 1, label);
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
