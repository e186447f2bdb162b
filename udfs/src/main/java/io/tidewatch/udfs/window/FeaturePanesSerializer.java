package io.tidewatch.udfs.window;

import io.tidewatch.analytics.feature.FeaturePane;
import io.tidewatch.analytics.feature.FeaturePaneCodec;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.PanesCodec;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** State of the feature windows of one device. */
public final class FeaturePanesSerializer extends CodecSerializer<Panes<FeaturePane>> {
  private static final long serialVersionUID = 1;
  public static final TypeSerializer<Panes<FeaturePane>> INSTANCE = new FeaturePanesSerializer();

  private FeaturePanesSerializer() {
    super(new PanesCodec<>(new FeaturePaneCodec()));
  }

  @Override
  public Panes<FeaturePane> createInstance() {
    return new Panes<>();
  }

  @Override
  public TypeSerializerSnapshot<Panes<FeaturePane>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Panes<FeaturePane>> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
