package io.tidewatch.udfs.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.series.SeriesPoint;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What Flink reads of stored rows goes through the constructor of the record. */
class SeriesPointStateTest {
  private static final long START_MS = 0x1122_3344_5566_7788L;
  private static final long END_MS = 1_700_000_000_000L;

  private final TypeSerializer<SeriesPoint> serializer =
      TypeInformation.of(SeriesPoint.class).createSerializer(new SerializerConfigImpl());

  @Test
  void aStoredStartOfZeroIsReadAsTheEnd() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(new SeriesPoint(START_MS, END_MS, 2.5), out);
    byte[] bytes = out.getCopyOfBuffer();
    // no point that is made here has a start of 0, so it is put where the bytes of the start are
    ByteBuffer.wrap(bytes).putLong(placeOf(START_MS, bytes), 0);

    SeriesPoint read = serializer.deserialize(new DataInputDeserializer(bytes));
    assertThat(read).isEqualTo(new SeriesPoint(END_MS, END_MS, 2.5));
    assertThat(read.startMs()).isEqualTo(END_MS);
  }

  private static int placeOf(long number, byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    int at = 0;
    while (all.getLong(at) != number) {
      at++;
    }
    return at;
  }
}
