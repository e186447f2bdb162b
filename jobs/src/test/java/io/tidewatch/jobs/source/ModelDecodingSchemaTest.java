package io.tidewatch.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.model.ModelMessageDecoder;
import io.tidewatch.analytics.model.ModelScope;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.schemas.forest.ModelUpdate;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.udfs.decode.Inbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelDecodingSchemaTest {
  private final ModelDecodingSchema schema =
      new ModelDecodingSchema(
          new ModelMessageDecoder(Map.of("host", List.of("cpu_mean")), ModelScope.FLEET));

  @Test
  void saysWhatIsAskedByWhomAndWhereItStands() {
    byte[] wish = ModelMessageCodec.encode(new ModelRollback("host", "v1"));
    ModelUpdate byPerson = decode(wish, false).value();
    assertThat(byPerson)
        .usingRecursiveComparison()
        .isEqualTo(
            new ModelUpdate(
                "host",
                "v1",
                true,
                false,
                wish,
                new ModelUpdate.Origin("models", 3, 77, ConsumerRecord.NO_TIMESTAMP)));
    assertThat(decode(wish, true).value().toldByJob()).isTrue();
  }

  @Test
  void keepsARefusedDocumentWithItsOriginAndItsBytes() {
    byte[] document = "{\"format\":2}".getBytes(UTF_8);
    var rejected = decode(document, false).rejected();
    assertThat(rejected.reason()).isEqualTo(RejectReason.NEWER_FORMAT);
    assertThat(rejected.value()).isEqualTo(document);
    assertThat(rejected.offset()).isEqualTo(77);
    assertThat(decode(null, false).rejected().reason()).isEqualTo(RejectReason.NULL_VALUE);
  }

  @Test
  void canBeShippedToTheTaskManagers() throws Exception {
    assertThat(InstantiationUtil.clone(schema).getProducedType())
        .isEqualTo(Inbound.typeInfo(ModelUpdate.class));
  }

  private Inbound<ModelUpdate> decode(byte @Nullable [] value, boolean toldByJob) {
    var message = new ConsumerRecord<>("models", 3, 77, "host".getBytes(UTF_8), value);
    if (toldByJob) {
      message.headers().add(ModelUpdate.TOLD_BY_JOB, "job".getBytes(UTF_8));
    }
    List<Inbound<ModelUpdate>> out = new ArrayList<>();
    schema.deserialize(message, new ListCollector<>(out));
    assertThat(out).as("one in, one out").hasSize(1);
    return out.get(0);
  }
}
