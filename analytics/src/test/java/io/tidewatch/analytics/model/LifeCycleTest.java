package io.tidewatch.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.forest.ForestArtifact;
import org.junit.jupiter.api.Test;

class LifeCycleTest {
  private static final ForestArtifact TRAINED =
      Histories.TRAINER.train("host", Histories.FEATURES, Histories.rows(1, 200)).artifact();

  @Test
  void countsRowsScoresAndTime() {
    LifeCycle begun = LifeCycle.begin(5);
    LifeCycle later = begun.seen(100).learnt(1).seen(90).scored(9).scored(9).learnt(2);
    assertThat(later.newestMs()).isEqualTo(100);
    assertThat(later.sampled()).isEqualTo(2);
    assertThat(later.learnt()).isEqualTo(2);
    assertThat(later.drift()[9]).isEqualTo(2);
    assertThat(later.driftRows()).isEqualTo(2);
    assertThat(later.driftSeen().driftRows()).isZero();
    assertThat(later.driftSeen().learnt()).isEqualTo(2);
    assertThat(later.renewed().learnt()).isZero();
    assertThat(later.renewed().sampled()).as("the history stays").isEqualTo(2);
    assertThat(begun.newestMs()).isEqualTo(LifeCycle.NO_ROW);
    assertThat(begun.drift()).as("never changed in place").containsOnly(0);
  }

  @Test
  void theAgeOfAModelIsHowLongItsKeyHasHadIt() {
    LifeCycle begun = LifeCycle.begin(5);
    assertThat(begun.ageMs()).isZero();
    assertThat(begun.seen(100).ageMs()).as("from the first row on").isZero();
    assertThat(begun.seen(100).seen(130).seen(120).ageMs()).isEqualTo(30);
    LifeCycle taken = begun.seen(100).seen(130).renewed();
    assertThat(taken.ageMs()).isZero();
    assertThat(taken.learnt(1).seen(150).scored(1).driftSeen().ageMs()).isEqualTo(20);
    assertThat(begun.renewed().seen(100).seen(140).ageMs())
        .as("of a model that was there before the first row")
        .isEqualTo(40);
  }

  @Test
  void keepsSoManyFormerVersionsTheLastOneInUse() {
    ActiveModel model = ActiveModel.next(null, named("1"), 2);
    assertThat(model.kept()).containsExactly("1");
    for (String version : new String[] {"2", "3", "4"}) {
      model = ActiveModel.next(model, named(version), 2);
    }
    assertThat(model.kept()).containsExactly("2", "3", "4");
    assertThat(model.version()).isEqualTo("4");
    model = ActiveModel.next(model, named("3"), 2);
    assertThat(model.kept()).containsExactly("2", "4", "3");
    assertThat(model.keeps("2")).isTrue();
    assertThat(model.keeps("1")).isFalse();
    assertThat(ActiveModel.next(model, named("5"), 0).kept()).containsExactly("5");
  }

  @Test
  void carriesWhatScoringNeedsWithoutTheForest() {
    ActiveModel model = ActiveModel.next(null, TRAINED, 3);
    assertThat(model.threshold()).isEqualTo(TRAINED.threshold());
    assertThat(model.deciles()).hasSize(9).isSorted();
    assertThat(model.checksum())
        .hasSize(64)
        .isNotEqualTo(ActiveModel.next(null, named("x"), 3).checksum());
  }

  private static ForestArtifact named(String version) {
    return new ForestArtifact(
        TRAINED.modelKey(),
        version,
        TRAINED.engine(),
        TRAINED.seed(),
        TRAINED.rows(),
        TRAINED.trainedFromMs(),
        TRAINED.trainedUntilMs(),
        TRAINED.features(),
        null,
        null,
        TRAINED.threshold(),
        TRAINED.scoreDeciles(),
        TRAINED.forest());
  }
}
