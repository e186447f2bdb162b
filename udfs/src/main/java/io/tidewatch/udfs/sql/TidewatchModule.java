package io.tidewatch.udfs.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/**
 * The functions of this package by their SQL names, which are a promise: queries name them. None is
 * the name of a function of Flink.
 */
public final class TidewatchModule implements Module {

  private static final Map<String, FunctionDefinition> FUNCTIONS =
      Map.of(
          "dd_sketch", new DdSketchFunction(),
          "sketch_merge", new SketchMergeFunction(),
          "sketch_quantile", new SketchQuantileFunction(),
          "sketch_count", new SketchCountFunction(),
          "sketch_max", new SketchMaxFunction(),
          "window_features", new WindowFeaturesFunction(),
          "frame_features", new FrameFeaturesFunction(),
          "min_max_scale", new MinMaxScaleFunction(),
          "z_score", new ZScoreFunction());

  @Override
  public Set<String> listFunctions() {
    return FUNCTIONS.keySet();
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    return Optional.ofNullable(FUNCTIONS.get(name.toLowerCase(Locale.ROOT)));
  }
}
