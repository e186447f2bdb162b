package io.tidewatch.benchmarks.keys;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a run saw.
 *
 * @param moments the base, then each wave at its height and, where it was waited for, after it
 */
public record KeysResult(KeysSpec spec, List<Moment> moments) {

  Moment base() {
    return moments.get(0);
  }

  /** The first wave at its height. */
  Moment full() {
    return moments.get(1);
  }

  /** The moments at which nothing should be left. */
  List<Moment> drained() {
    return moments.stream().filter(moment -> moment.name().startsWith("after")).toList();
  }

  /** The largest over the drained moments, over the base. */
  double worst(ToDoubleFunction<Moment> measure) {
    return drained().stream().mapToDouble(measure).max().orElse(Double.NaN)
        / measure.applyAsDouble(base());
  }

  /** Growth from the base to the first height, for each key. */
  double perKey(ToDoubleFunction<Moment> measure) {
    return (measure.applyAsDouble(full()) - measure.applyAsDouble(base())) / full().census().keys();
  }
}
