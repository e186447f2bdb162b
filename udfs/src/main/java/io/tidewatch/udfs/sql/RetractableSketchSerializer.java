package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.quantile.RetractableSketch;
import io.tidewatch.analytics.quantile.RetractableSketchCodec;
import io.tidewatch.udfs.window.CodecSerializer;
import io.tidewatch.udfs.window.CodecSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/**
 * Accumulator of {@code DD_SKETCH} and {@code SKETCH_MERGE}. Public, because SQL makes one by
 * reflection.
 */
public final class RetractableSketchSerializer extends CodecSerializer<RetractableSketch> {
  private static final long serialVersionUID = 1;
  private static final int FORMAT = 1;

  public RetractableSketchSerializer() {
    super(new RetractableSketchCodec(), FORMAT);
  }

  @Override
  public RetractableSketch createInstance() {
    return new RetractableSketch();
  }

  @Override
  public TypeSerializerSnapshot<RetractableSketch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in savepoints. */
  public static final class Snapshot extends CodecSnapshot<RetractableSketch> {
    public Snapshot() {
      super(new RetractableSketchSerializer());
    }
  }
}
