package io.tidewatch.udfs.sql;

import io.tidewatch.analytics.quantile.RetractableSketch;
import io.tidewatch.analytics.quantile.RetractableSketchCodec;
import io.tidewatch.udfs.window.CodecSerializer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/**
 * Accumulator of {@code DD_SKETCH} and {@code SKETCH_MERGE}. Public, because SQL makes one by
 * reflection.
 */
public final class RetractableSketchSerializer extends CodecSerializer<RetractableSketch> {
  private static final long serialVersionUID = 1;

  public RetractableSketchSerializer() {
    super(new RetractableSketchCodec());
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
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RetractableSketch> {
    public Snapshot() {
      super(RetractableSketchSerializer::new);
    }
  }
}
