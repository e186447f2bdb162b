package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.feature.FeaturePane;
import io.tidewatch.analytics.feature.FeaturePaneCodec;
import io.tidewatch.udfs.window.CodecSerializer;
import io.tidewatch.udfs.window.CodecSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Accumulator of {@code WINDOW_FEATURES}. Public, because SQL makes one by reflection. */
public final class FeaturePaneSerializer extends CodecSerializer<FeaturePane> {
  private static final long serialVersionUID = 1;
  private static final int FORMAT = 1;

  public FeaturePaneSerializer() {
    super(new FeaturePaneCodec(), FORMAT);
  }

  @Override
  public FeaturePane createInstance() {
    return new FeaturePane(1);
  }

  @Override
  public TypeSerializerSnapshot<FeaturePane> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in savepoints. */
  public static final class Snapshot extends CodecSnapshot<FeaturePane> {
    public Snapshot() {
      super(new FeaturePaneSerializer());
    }
  }
}
