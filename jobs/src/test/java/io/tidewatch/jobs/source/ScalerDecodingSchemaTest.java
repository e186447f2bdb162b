package io.tidewatch.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.codec.ScalerMessageDecoder;
import io.tidewatch.schemas.reject.RejectReason;
import io.tidewatch.schemas.reject.Rejected;
import io.tidewatch.schemas.scale.ScalerUpdate;
import io.tidewatch.udfs.decode.Inbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalerDecodingSchemaTest {
  private final ScalerDecodingSchema schema =
      new ScalerDecodingSchema(new ScalerMessageDecoder(Map.of("host", List.of("cpu_mean"))));

  @Test
  void takesADocumentAsItCame() {
    byte[] document =
        """
        {"format":1,"model":"host","version":"1","method":"z_score",
         "features":{"cpu_mean":{"count":0}}}"""
            .getBytes(UTF_8);
    assertThat(decode(document)).isEqualTo(Inbound.of(new ScalerUpdate("host", document)));
  }

  @Test
  void takesAMessageWithoutValueAsTheEndOfAScaler() {
    assertThat(decode(null)).isEqualTo(Inbound.of(new ScalerUpdate("host", null)));
  }

  @Test
  void keepsARefusedDocumentWithItsOriginAndItsBytes() {
    byte[] document = "{\"format\":2}".getBytes(UTF_8);
    assertThat(decode(document).rejected())
        .usingRecursiveComparison()
        .isEqualTo(
            new Rejected(
                "scalers",
                3,
                77,
                ConsumerRecord.NO_TIMESTAMP,
                "host".getBytes(UTF_8),
                document,
                RejectReason.OUT_OF_RANGE,
                "format: must be an integer from 1 to 1, was '2'"));
  }

  @Test
  void canBeShippedToTheTaskManagers() throws Exception {
    assertThat(InstantiationUtil.clone(schema).getProducedType())
        .isEqualTo(Inbound.typeInfo(ScalerUpdate.class));
  }

  private Inbound<ScalerUpdate> decode(byte @Nullable [] value) {
    List<Inbound<ScalerUpdate>> out = new ArrayList<>();
    schema.deserialize(
        new ConsumerRecord<>("scalers", 3, 77, "host".getBytes(UTF_8), value),
        new ListCollector<>(out));
    assertThat(out).as("one in, one out").hasSize(1);
    return out.get(0);
  }
}
