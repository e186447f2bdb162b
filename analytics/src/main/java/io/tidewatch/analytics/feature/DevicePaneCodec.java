package io.tidewatch.analytics.feature;

import io.tidewatch.analytics.window.AccumulatorCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bytes of a {@link DevicePane}: version 2, sums and extremes, is that of {@link FeaturePaneCodec};
 * version 3, points, is the byte 3 and what {@link PointsPaneCodec} writes. Equal panes have equal
 * bytes.
 */
public final class DevicePaneCodec implements AccumulatorCodec<DevicePane> {
  private static final long serialVersionUID = 1;

  private static final int POINTS = 3;

  private final FeaturePaneCodec summaries = new FeaturePaneCodec();

  @Override
  public void write(DevicePane pane, DataOutput out) throws IOException {
    if (pane instanceof PointsPane points) {
      out.writeByte(POINTS);
      PointsPaneCodec.write(points, out);
    } else {
      summaries.write(pane.summary(), out);
    }
  }

  @Override
  public DevicePane read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    return version == POINTS ? PointsPaneCodec.read(in) : summaries.read(version, in);
  }

  @Override
  public DevicePane copy(DevicePane pane) {
    return pane.copy();
  }
}
