package io.tidewatch.analytics.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoxTreeTest {
  private static final int NODES = 127;

  private static BoxTree grown(float... values) {
    BoxTree tree = new BoxTree(NODES);
    for (int i = 0; i < values.length; i++) {
      tree.learn(values[i], i, 7 + i, 0);
    }
    return tree;
  }

  @Test
  void anEmptyTreeFindsNothingApart() {
    assertThat(new BoxTree(NODES).isolation(3)).isZero();
  }

  @Test
  void whatDiffersFromTheOnlyValueEverIsApartFromAll() {
    BoxTree tree = grown(5, 5, 5, 5);
    assertThat(tree.isolation(5)).isZero();
    assertThat(tree.isolation(5.001f)).isEqualTo(1);
    assertThat(tree.nodes()).isEqualTo(1);
  }

  /** Two clusters: in the hole between, the first cut parts a half of all rows at most. */
  @Test
  void isolationIsTheShareOfRowsThatACutParts() {
    BoxTree tree = grown(0, 10, 0, 10, 0, 10, 0, 10);
    assertThat(tree.isolation(0)).isZero();
    assertThat(tree.isolation(5)).isEqualTo(0.5);
    // outside by as much as the box is wide: half the cuts part it from all, the others from half
    assertThat(tree.isolation(20)).isCloseTo(0.5 + 0.5 * 0.5, within(1e-9));
    assertThat(tree.isolation(1_000)).isGreaterThan(0.98).isLessThan(1);
  }

  @Test
  void aHoleBesideTwoRareRowsIsNotOneBesideHalfOfHistory() {
    float[] values = new float[1_002];
    for (int i = 0; i < 1_000; i++) {
      values[i] = i % 2;
    }
    values[1_000] = 50;
    values[1_001] = 100;
    double besideRare = 0;
    double besideHistory = 0;
    for (int tree = 0; tree < 200; tree++) {
      BoxTree one = new BoxTree(NODES);
      for (int i = 0; i < values.length; i++) {
        one.learn(values[i], i, i, tree);
      }
      besideRare += one.isolation(75);
      besideHistory += one.isolation(25);
    }
    assertThat(besideRare).isPositive().isLessThan(besideHistory / 3);
  }

  @Test
  void hasNoMoreNodesThanItMayAndStillLearns() {
    BoxTree tree = new BoxTree(15);
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      tree.learn((float) random.nextGaussian(), i, i, 0);
      assertThat(tree.nodes()).isLessThanOrEqualTo(15);
    }
    assertThat(tree.isolation(0)).isZero();
    assertThat(tree.isolation(100)).isGreaterThan(0.9);
  }

  @Test
  void neverLosesARowItHasLearnt() {
    Random random = new Random(4);
    BoxTree tree = new BoxTree(255);
    for (int i = 0; i < 3_000; i++) {
      float value = (float) (random.nextGaussian() * (i % 100 == 0 ? 1e6 : 1));
      tree.learn(value, i, 11L * i, 2);
      assertThat(tree.isolation(value)).as("row %d", i).isZero();
    }
  }

  @Test
  void forgetsWhatNoRowCameToAndItsRange() {
    BoxTree tree = new BoxTree(NODES);
    tree.learn(100, 0, 1, 0);
    for (int i = 1; i < 200; i++) {
      tree.learn(i % 3, i, i, 0);
    }
    assertThat(tree.isolation(100)).isZero();
    tree.forget(0);
    assertThat(tree.isolation(100)).isZero();
    tree.forget(150);
    assertThat(tree.isolation(100)).isGreaterThan(0.9);
    assertThat(tree.isolation(2)).isZero();
    tree.forget(1_000);
    assertThat(tree.isolation(2)).isZero();
    BoxTree one = grown(1);
    one.forget(10);
    assertThat(one.nodes()).isEqualTo(1);
  }

  @Test
  void whatIsReadGoesOnAsWhatWasWritten() throws IOException {
    Random random = new Random(5);
    BoxTree tree = new BoxTree(NODES);
    for (int i = 0; i < 2_000; i++) {
      float value = (float) Math.pow(random.nextGaussian(), 3);
      if (i % 100 == 0) {
        BoxTree read = read(tree, i);
        assertThat(bytes(read, i)).isEqualTo(bytes(tree, i));
        assertThat(read.isolation(value)).isEqualTo(tree.isolation(value));
        tree = read;
      }
      tree.learn(value, i, i, 1);
    }
  }

  @Test
  void goesOnTheSameWhetherStoredOrNot() throws IOException {
    Random random = new Random(6);
    BoxTree stored = new BoxTree(63);
    BoxTree kept = new BoxTree(63);
    for (int i = 0; i < 1_000; i++) {
      float value = (float) random.nextGaussian() * (1 + i / 100);
      assertThat(stored.isolation(value)).isEqualTo(kept.isolation(value));
      stored.learn(value, i, i, 0);
      kept.learn(value, i, i, 0);
      if (i % 50 == 0) {
        stored.forget(i - 300);
        kept.forget(i - 300);
        stored =
            BoxTree.read(63, new DataInputStream(new ByteArrayInputStream(bytes(stored, i))), i);
      }
    }
  }

  @Test
  void refusesNodesThatAreNoTree() throws IOException {
    byte[] bytes = bytes(grown(0, 10, 20), 2);
    assertThatThrownBy(
            () -> BoxTree.read(3, new DataInputStream(new ByteArrayInputStream(bytes)), 2))
        .hasMessage("detector: nodes of a tree must be 0 to 3, was 5");
    byte[] fewer = bytes.clone();
    fewer[0] = 3;
    assertThatThrownBy(
            () -> BoxTree.read(9, new DataInputStream(new ByteArrayInputStream(fewer)), 2))
        .hasMessage("detector: nodes of a tree must be 3, were more");
    byte[] more = bytes.clone();
    more[0] = 7;
    assertThatThrownBy(
            () -> BoxTree.read(9, new DataInputStream(new ByteArrayInputStream(more)), 2))
        .hasMessage("detector: nodes of a tree must be 7, were 5");
  }

  private static byte[] bytes(BoxTree tree, int now) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tree.write(new DataOutputStream(bytes), now);
    return bytes.toByteArray();
  }

  private static BoxTree read(BoxTree tree, int now) throws IOException {
    return BoxTree.read(
        NODES, new DataInputStream(new ByteArrayInputStream(bytes(tree, now))), now);
  }
}
