package io.tidewatch.analytics.forest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes trees from an engine, node by node, into the flat form. For each tree: {@link #tree}, then
 * each node becomes a cut or a leaf, once.
 *
 * <p>With extension level 0 cuts are of one feature ({@link #cut(int, int, double)}), otherwise
 * hyperplanes in the units of {@link #units}.
 */
public final class ForestBuilder {
  private static final int FIRST_NODES = 1 << 10;

  private final int terms;
  private final @Nullable StandardUnits units;
  private final int trees;
  private int[] roots = new int[0];
  private int[] right = new int[FIRST_NODES];
  private int[] rows = new int[FIRST_NODES];
  private short[] features;
  private float[] normals;
  private double[] bounds = new double[FIRST_NODES];
  private int nodes;

  /**
   * @throws IllegalArgumentException when the extension level is not below the number of features
   */
  public ForestBuilder(TrainingRows rows, ForestSettings settings) {
    this(
        settings,
        rows.features().size(),
        settings.extensionLevel() == 0 ? null : StandardUnits.of(rows));
  }

  ForestBuilder(ForestSettings settings, int values, @Nullable StandardUnits units) {
    if (settings.extensionLevel() >= values) {
      throw new IllegalArgumentException(
          "forest.extension_level: must be below the number of features (%d), was %d"
              .formatted(values, settings.extensionLevel()));
    }
    this.terms = settings.extensionLevel() + 1;
    this.units = units;
    this.trees = settings.trees();
    this.features = new short[FIRST_NODES * terms];
    this.normals = new float[units == null ? 0 : FIRST_NODES * terms];
  }

  /** In which hyperplanes are told; absent with extension level 0. */
  public @Nullable StandardUnits units() {
    return units;
  }

  /** Begins a tree; returns its root. */
  public int tree() {
    roots = Arrays.copyOf(roots, roots.length + 1);
    roots[roots.length - 1] = nodes;
    return add();
  }

  /**
   * A threshold rounded as the flat form wants it: few bytes, between the values it parts.
   *
   * @param min least value in the node, finite
   * @param max greatest
   * @return {@code NaN} when the values lie on one side of it
   */
  public static double rounded(double threshold, double min, double max) {
    return min < max ? Cut.near(threshold, min, max) : Double.NaN;
  }

  /**
   * Cuts a node; returns its left child, the right one is the next number.
   *
   * @param threshold below it is left; {@link #rounded}
   */
  public int cut(int node, int feature, double threshold) {
    features[node] = (short) feature;
    bounds[node] = threshold;
    return children(node);
  }

  /**
   * Cuts a node by a hyperplane; returns its left child, the right one is the next number.
   *
   * @param cutFeatures as many as the extension level and one; where fewer are wanted, any with 0
   * @param normal one number for each
   * @param bound where the projection is below it is left
   */
  public int cut(int node, int[] cutFeatures, float[] normal, double bound) {
    for (int term = 0; term < terms; term++) {
      features[node * terms + term] = (short) cutFeatures[term];
      normals[node * terms + term] = normal[term];
    }
    bounds[node] = bound;
    return children(node);
  }

  /**
   * Ends a path.
   *
   * @param count rows of the sample that ended there
   */
  public void leaf(int node, int count) {
    right[node] = node;
    rows[node] = count;
  }

  private int children(int node) {
    int left = add();
    int next = add(); // may replace the arrays
    right[node] = next;
    return left;
  }

  private int add() {
    if (nodes == right.length) {
      right = Arrays.copyOf(right, 2 * nodes);
      rows = Arrays.copyOf(rows, 2 * nodes);
      bounds = Arrays.copyOf(bounds, 2 * nodes);
      features = Arrays.copyOf(features, 2 * nodes * terms);
      normals = Arrays.copyOf(normals, units == null ? 0 : 2 * nodes * terms);
    }
    return nodes++;
  }

  /** The forest, when all trees are there. */
  public IsolationForest forest(String engine, TrainingRows grownFrom, ForestSettings settings) {
    return new IsolationForest(
        new ForestOrigin(
            engine, settings, grownFrom.features(), grownFrom.count(), grownFrom.constants()),
        units,
        trees());
  }

  Trees trees() {
    if (roots.length != trees) {
      throw new IllegalStateException("trees: must be %d, were %d".formatted(trees, roots.length));
    }
    TreeShape shape = TreeShape.of(roots, Arrays.copyOf(right, nodes), Arrays.copyOf(rows, nodes));
    return units == null
        ? new AxisTrees(shape, features, bounds)
        : new ObliqueTrees(
            shape,
            units,
            terms,
            Arrays.copyOf(features, nodes * terms),
            Arrays.copyOf(normals, nodes * terms),
            Arrays.copyOf(bounds, nodes));
  }
}
