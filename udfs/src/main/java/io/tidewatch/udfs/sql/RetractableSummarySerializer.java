package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.feature.RetractableSummary;
import io.tidewatch.analytics.feature.RetractableSummaryCodec;
import io.tidewatch.udfs.window.CodecSerializer;
import io.tidewatch.udfs.window.CodecSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Accumulator of {@code FRAME_FEATURES}. Public, because SQL makes one by reflection. */
public final class RetractableSummarySerializer extends CodecSerializer<RetractableSummary> {
  private static final long serialVersionUID = 1;
  private static final int FORMAT = 1;

  public RetractableSummarySerializer() {
    super(new RetractableSummaryCodec(), FORMAT);
  }

  @Override
  public RetractableSummary createInstance() {
    return new RetractableSummary();
  }

  @Override
  public TypeSerializerSnapshot<RetractableSummary> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in savepoints. */
  public static final class Snapshot extends CodecSnapshot<RetractableSummary> {
    public Snapshot() {
      super(new RetractableSummarySerializer());
    }
  }
}
