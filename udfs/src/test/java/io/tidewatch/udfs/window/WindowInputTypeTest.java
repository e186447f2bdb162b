package io.tidewatch.udfs.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.analytics.quantile.EndpointKey;
import io.tidewatch.analytics.quantile.LatencyPane;
import io.tidewatch.analytics.quantile.LatencyPaneCodec;
import io.tidewatch.schemas.event.ApiLatency;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class WindowInputTypeTest {
  private static final EndpointKey KEY = new EndpointKey("s", "/e", "GET");
  private static final ApiLatency REQUEST = new ApiLatency("s", "/e", "GET", 200, 5, 10_500, null);

  private final WindowInputType<EndpointKey, ApiLatency, LatencyPane> type = type();
  private final TypeSerializer<WindowInput<EndpointKey, ApiLatency, LatencyPane>> serializer =
      type.createSerializer(new SerializerConfigImpl());

  private static WindowInputType<EndpointKey, ApiLatency, LatencyPane> type() {
    return new WindowInputType<>(
        TypeInformation.of(EndpointKey.class),
        TypeInformation.of(ApiLatency.class),
        new LatencyPaneCodec());
  }

  @Test
  void recordsTravel() throws Exception {
    WindowInput<EndpointKey, ApiLatency, LatencyPane> sent = WindowInput.record(REQUEST);
    assertThat(travelled(sent).record()).isEqualTo(REQUEST);
    assertThat(serializer.copy(sent).record()).isEqualTo(REQUEST);
    assertThat(travelled(sent).key(request -> KEY)).isEqualTo(KEY);
  }

  @Test
  void partialsTravel() throws Exception {
    LatencyPane pane = new LatencyPane();
    pane.add(5, 200);
    WindowInput<EndpointKey, ApiLatency, LatencyPane> sent = WindowInput.partial(KEY, 10_000, pane);
    for (var got : List.of(travelled(sent), serializer.copy(sent))) {
      assertThat(got.record()).isNull();
      assertThat(got.startMs()).isEqualTo(10_000);
      assertThat(got.partial()).isNotNull().isNotSameAs(pane);
      assertThat(got.partial().count()).isEqualTo(1);
      assertThat(got.partial().maxMs()).isEqualTo(5);
      assertThat(got.key(request -> new EndpointKey("", "", ""))).isEqualTo(KEY);
    }
  }

  @Test
  void bytesAreCopiedAsTheyAre() throws Exception {
    DataOutputSerializer one = new DataOutputSerializer(64);
    serializer.serialize(WindowInput.record(REQUEST), one);
    DataOutputSerializer other = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(one.getCopyOfBuffer()), other);
    assertThat(other.getCopyOfBuffer()).isEqualTo(one.getCopyOfBuffer());
  }

  @Test
  void isShippedToTheSubtasks() throws Exception {
    assertThat(InstantiationUtil.clone(type)).isEqualTo(type()).hasSameHashCodeAs(type());
    assertThat(serializer.duplicate()).isEqualTo(serializer).hasSameHashCodeAs(serializer);
    assertThat(type.getTypeClass()).isEqualTo(WindowInput.class);
    assertThat(type)
        .hasToString(
            "WindowInput<"
                + TypeInformation.of(EndpointKey.class)
                + ", "
                + TypeInformation.of(ApiLatency.class)
                + ">");
  }

  @Test
  void isNoState() {
    assertThatThrownBy(serializer::snapshotConfiguration)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("what travels between the phases is never state");
  }

  private WindowInput<EndpointKey, ApiLatency, LatencyPane> travelled(
      WindowInput<EndpointKey, ApiLatency, LatencyPane> sent) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(sent, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
