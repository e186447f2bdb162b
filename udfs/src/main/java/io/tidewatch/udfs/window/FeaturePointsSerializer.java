package io.tidewatch.udfs.window;

import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.feature.DevicePaneCodec;
import io.tidewatch.analytics.window.PointSeries;
import io.tidewatch.analytics.window.PointSeriesCodec;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** State of the feature windows by points of one device. */
public final class FeaturePointsSerializer extends CodecSerializer<PointSeries<DevicePane>> {
  private static final long serialVersionUID = 1;
  private static final int FORMAT = 1;
  public static final TypeSerializer<PointSeries<DevicePane>> INSTANCE =
      new FeaturePointsSerializer();

  private FeaturePointsSerializer() {
    super(new PointSeriesCodec<>(new DevicePaneCodec()), FORMAT);
  }

  @Override
  public PointSeries<DevicePane> createInstance() {
    return new PointSeries<>(1, 1);
  }

  @Override
  public TypeSerializerSnapshot<PointSeries<DevicePane>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in savepoints. */
  public static final class Snapshot extends CodecSnapshot<PointSeries<DevicePane>> {
    public Snapshot() {
      super(new FeaturePointsSerializer());
    }
  }
}
