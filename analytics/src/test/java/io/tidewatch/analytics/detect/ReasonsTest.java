package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.detect.View.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final List<View> VIEWS =
      List.of(new View(Family.MEAN, 5), new View(Family.VALUE, 1), new View(Family.MEAN, 15));

  @Test
  void addsTheViewsOfAFamilyUpTheLoudestFirst() {
    assertThat(Reasons.of(VIEWS, new double[] {0.25, 0.25, 0.5}))
        .containsExactly(new ViewShare("mean", 0.75), new ViewShare("value", 0.25));
  }

  @Test
  void leavesOutWhoFoundNothing() {
    assertThat(Reasons.of(VIEWS, new double[] {0, 0.1, 0}))
        .containsExactly(new ViewShare("value", 1));
  }

  @Test
  void namesTheResidualWhereNoViewFoundAnything() {
    assertThat(Reasons.of(VIEWS, new double[3])).containsExactly(new ViewShare("residual", 1));
  }
}
