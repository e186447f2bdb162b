package io.tidewatch.udfs.window;

import io.tidewatch.analytics.feature.DevicePane;
import io.tidewatch.analytics.feature.DevicePaneCodec;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.PanesCodec;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** State of the feature windows of one device. */
public final class FeaturePanesSerializer extends CodecSerializer<Panes<DevicePane>> {
  private static final long serialVersionUID = 1;
  private static final int FORMAT = 1;
  public static final TypeSerializer<Panes<DevicePane>> INSTANCE = new FeaturePanesSerializer();

  private FeaturePanesSerializer() {
    super(new PanesCodec<>(new DevicePaneCodec()), FORMAT);
  }

  @Override
  public Panes<DevicePane> createInstance() {
    return new Panes<>();
  }

  @Override
  public TypeSerializerSnapshot<Panes<DevicePane>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in savepoints. */
  public static final class Snapshot extends CodecSnapshot<Panes<DevicePane>> {
    public Snapshot() {
      super(new FeaturePanesSerializer());
    }
  }
}
