package io.tidewatch.udfs.anomaly;

import io.tidewatch.analytics.decide.Episode;
import io.tidewatch.analytics.decide.EpisodeRule;
import io.tidewatch.analytics.decide.RowVerdict;
import io.tidewatch.schemas.derived.FeatureVector;
import java.util.Iterator;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What people were last told of the devices of a key. Read only for rows beyond the threshold, so a
 * usual row costs nothing. Episodes that have no say any more are forgotten when another one
 * begins: there are never more than began within a cooldown, and those since.
 */
final class Episodes {
  /** State name; a promise, see CHANGELOG. */
  static final String EPISODES = "episodes";

  private final MapState<String, Episode> byDevice;
  private final EpisodeRule rule;

  Episodes(RuntimeContext context, EpisodeRule rule) {
    byDevice =
        context.getMapState(
            new MapStateDescriptor<>(EPISODES, Types.STRING, TypeInformation.of(Episode.class)));
    this.rule = rule;
  }

  /** Whether a row beyond the threshold is told; if so, it is what people were told last. */
  RowVerdict decide(FeatureVector vector, RowVerdict verdict) throws Exception {
    long startMs = vector.windowStartMs();
    long endMs = vector.windowEndMs();
    Episode last = byDevice.get(vector.deviceId());
    RowVerdict decided = rule.decide(verdict, last, startMs, endMs);
    if (decided.anomaly()) {
      Iterator<Episode> each = byDevice.values().iterator();
      while (each.hasNext()) {
        if (rule.isOver(each.next(), startMs, endMs)) {
          each.remove();
        }
      }
      byDevice.put(vector.deviceId(), EpisodeRule.after(last, endMs, verdict.severity()));
    }
    return decided;
  }

  void clear() {
    byDevice.clear();
  }
}
