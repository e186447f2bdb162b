package io.tidewatch.udfs.window;

import io.tidewatch.analytics.feature.FeaturePane;
import io.tidewatch.analytics.feature.FeaturePaneCodec;
import io.tidewatch.analytics.window.PointSeries;
import io.tidewatch.analytics.window.PointSeriesCodec;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** State of the feature windows by points of one device. */
public final class FeaturePointsSerializer extends CodecSerializer<PointSeries<FeaturePane>> {
  private static final long serialVersionUID = 1;
  public static final TypeSerializer<PointSeries<FeaturePane>> INSTANCE =
      new FeaturePointsSerializer();

  private FeaturePointsSerializer() {
    super(new PointSeriesCodec<>(new FeaturePaneCodec()));
  }

  @Override
  public PointSeries<FeaturePane> createInstance() {
    return new PointSeries<>(1, 1);
  }

  @Override
  public TypeSerializerSnapshot<PointSeries<FeaturePane>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in savepoints. */
  public static final class Snapshot
      extends SimpleTypeSerializerSnapshot<PointSeries<FeaturePane>> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
