package smile.anomaly;

import java.lang.reflect.Field;
import java.util.Arrays;

/**
 * A node of one of Smile's trees. Smile 3.1.1 lets a tree be asked for path lengths only; its nodes
 * can be read within their package, its root is found by its type.
 */
public final class GrownNode {
  private final IsolationTree.Node node;

  private GrownNode(IsolationTree.Node node) {
    this.node = node;
  }

  /** The root of a tree. */
  public static GrownNode rootOf(IsolationTree tree) {
    Field root =
        Arrays.stream(IsolationTree.class.getDeclaredFields())
            .filter(field -> field.getType() == IsolationTree.Node.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Smile's trees have no root"));
    try {
      root.setAccessible(true);
      return new GrownNode((IsolationTree.Node) root.get(tree));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Smile's trees cannot be read", e);
    }
  }

  /** Whether it is the end of a path; then it has nothing else. */
  public boolean isLeaf() {
    return node.left == null;
  }

  /** One number a feature; not to be changed. */
  public double[] normal() {
    return node.slope;
  }

  /** Where the projection of a row on the normal is less, it is on the left. */
  public double bound() {
    return node.bias;
  }

  public GrownNode left() {
    return new GrownNode(node.left);
  }

  public GrownNode right() {
    return new GrownNode(node.right);
  }
}
