package io.tidewatch.analytics.window;

import io.tidewatch.schemas.model.PointWindowSpec;
import java.io.Serializable;

/**
 * How records become the numbered points of a series.
 *
 * @param <K> key of a series, with value equality
 * @param <I> input record
 */
public interface PointSource<K, I> extends Serializable {

  /** The windows of this series. */
  PointWindowSpec window(K key);

  /**
   * Order of points of the same millisecond, by what is computed of them: points that compare as
   * equal are interchangeable. So the windows do not depend on which came first.
   */
  int compare(I a, I b);
}
