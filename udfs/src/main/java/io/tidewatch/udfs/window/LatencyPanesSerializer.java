package io.tidewatch.udfs.window;

import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.analytics.quantile.LatencyPaneCodec;
import io.tidewatch.analytics.window.Panes;
import io.tidewatch.analytics.window.PanesCodec;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** State of the latency windows of one endpoint. */
public final class LatencyPanesSerializer extends CodecSerializer<Panes<LatencyPane>> {
  private static final long serialVersionUID = 1;
  private static final int FORMAT = 2;
  public static final TypeSerializer<Panes<LatencyPane>> INSTANCE = new LatencyPanesSerializer();

  private LatencyPanesSerializer() {
    super(new PanesCodec<>(new LatencyPaneCodec()), FORMAT);
  }

  @Override
  public Panes<LatencyPane> createInstance() {
    return new Panes<>();
  }

  @Override
  public TypeSerializerSnapshot<Panes<LatencyPane>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Named in savepoints. */
  public static final class Snapshot extends CodecSnapshot<Panes<LatencyPane>> {
    public Snapshot() {
      super(new LatencyPanesSerializer());
    }
  }
}
