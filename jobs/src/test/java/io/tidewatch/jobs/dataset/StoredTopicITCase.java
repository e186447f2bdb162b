package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.ModelFiles;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.codec.MessageEncoder;
import io.tidewatch.schemas.codec.TelemetryAvroEncoder;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.StandInSchemaRegistry;
import io.tidewatch.testkit.TopicClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data set of a range of a topic, in JSON and in Avro, is that of a file of the same readings.
 */
@ExtendWith(SharedStack.class)
class StoredTopicITCase {
  private static final int PARTITIONS = 2;
  private static final int SCHEMA_ID = 7;

  /** The broker keeps the times that it is given, however long ago they are. */
  private static final Map<String, String> GIVEN_TIMES =
      Map.of(
          "message.timestamp.type",
          "CreateTime",
          "message.timestamp.after.max.ms",
          Long.toString(Long.MAX_VALUE),
          "retention.ms",
          "-1");

  @TempDir Path folder;
  private DatasetSpace space;
  private TelemetryModels models;

  @BeforeEach
  void makeReadings() {
    space = new DatasetSpace(folder);
    models = ModelFiles.load(new YamlLoader(Map.<String, String>of()::get), space.file("models"));
  }

  @Test
  void messagesInJsonAndInAvroGiveTheBytesOfTheSameReadingsInAFile(EmbeddedStack stack)
      throws Exception {
    String yaml = "label: {field: label}\nnormalisation: {method: min_max}\n";
    space.run(yaml);
    Map<String, byte[]> ofFile = withoutStatistics();
    assertThat(ofFile).hasSizeGreaterThan(3);

    write(stack, "stored.json", new TelemetryCodec(models));
    assertThat(space.run(yaml + source(stack, "stored.json", "format: json")).read())
        .isEqualTo("3601 read, 3600 selected, 1 rejected.null_value");
    assertThat(withoutStatistics()).usingRecursiveComparison().isEqualTo(ofFile);

    write(stack, "stored.avro", new TelemetryAvroEncoder(models, SCHEMA_ID));
    space.write("telemetry.avsc", TelemetryAvroEncoder.schema());
    String inFile = "format: avro, avro: {schemas: {%d: telemetry.avsc}}".formatted(SCHEMA_ID);
    assertThat(space.run(yaml + source(stack, "stored.avro", inFile)).read())
        .isEqualTo("3601 read, 3600 selected, 1 rejected.null_value");
    assertThat(new ObjectMapper().readTree(space.files("out").get("_stats.json")).at("/sources"))
        .hasSize(PARTITIONS)
        .anyMatch(piece -> piece.get("from_offset").intValue() == 1);
    assertThat(withoutStatistics()).usingRecursiveComparison().isEqualTo(ofFile);

    try (StandInSchemaRegistry registry = StandInSchemaRegistry.start()) {
      registry.register(SCHEMA_ID, TelemetryAvroEncoder.schema());
      String inRegistry = "format: avro, avro: {schema_registry: '%s'}".formatted(registry.url());
      space.run(yaml + source(stack, "stored.avro", inRegistry));
      assertThat(registry.asked()).isPositive();
      assertThat(withoutStatistics()).usingRecursiveComparison().isEqualTo(ofFile);
    }
  }

  @Test
  void messagesThatAreNoAvroAreCountedAndRangesThatCannotBeReadRefused(EmbeddedStack stack)
      throws Exception {
    write(stack, "stored.other", new TelemetryCodec(models));
    space.write("telemetry.avsc", TelemetryAvroEncoder.schema());
    String avro = "format: avro, avro: {schemas: {%d: telemetry.avsc}}".formatted(SCHEMA_ID);

    assertThat(refusal(source(stack, "stored.other", avro)))
        .contains("from, to: must hold readings of the model press")
        .contains("3600 rejected.malformed_avro");
    assertThat(refusal(source(stack, "stored.other", "from_offsets: {0: 9999}")))
        .contains("source.kafka.from_offsets, to_offsets: must be an ascending range within 0 to");
    assertThat(refusal(source(stack, "stored.other", "to_offsets: {5: 1}")))
        .contains("source.kafka.to_offsets: must be of the partitions [0, 1], was of 5");
    assertThat(refusal(source(stack, "stored.none", "format: json")))
        .contains("source.kafka.topic: must be there, was 'stored.none'");
    assertThat(space.files("out")).isEmpty();
  }

  private String refusal(String yaml) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> space.run(yaml));
    assertThat(refused).as(yaml).isNotNull();
    assertThat(refused.getMessage()).doesNotContain("\n");
    return refused.getMessage();
  }

  /** Without the messages before and behind the readings, unless {@code more} has offsets. */
  private String source(EmbeddedStack stack, String topic, String more) {
    String offsets =
        more.contains("offsets") ? "" : ", from_offsets: {0: 1}, to_offsets: {0: 1802}";
    return "source: {kind: kafka, kafka: {bootstrap_servers: '%s', topic: %s, %s%s}}\n"
        .formatted(stack.kafka().bootstrapServers(), topic, more, offsets);
  }

  /**
   * The readings of the file, in turn to both partitions, each known when the file says; in the
   * first partition also a message before them, one without a value, and one behind them.
   */
  private void write(EmbeddedStack stack, String topic, MessageEncoder<DeviceTelemetry> encoder) {
    stack.kafka().createTopic(topic, PARTITIONS, GIVEN_TIMES);
    byte[] other =
        encoder.encode(
            new DeviceTelemetry(
                "press", "press-0", DatasetSpace.START_MS, new double[] {1, 1}, Map.of(), "0"));
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    messages.add(new ProducerRecord<>(topic, 0, DatasetSpace.START_MS, null, other));
    messages.add(new ProducerRecord<>(topic, 0, DatasetSpace.START_MS, null, (byte[]) null));
    int number = 0;
    for (String line : DatasetSpace.readings().lines().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      double[] values = {
        Double.parseDouble(cells[2]), cells[3].isEmpty() ? Double.NaN : Double.parseDouble(cells[3])
      };
      byte[] value =
          encoder.encode(
              new DeviceTelemetry(
                  "press", cells[1], Long.parseLong(cells[0]), values, Map.of(), cells[4]));
      messages.add(
          new ProducerRecord<>(
              topic,
              number++ % PARTITIONS,
              Long.parseLong(cells[5]),
              cells[1].getBytes(StandardCharsets.UTF_8),
              value));
    }
    messages.add(new ProducerRecord<>(topic, 0, DatasetSpace.START_MS, null, other));
    new TopicClient(stack.kafka().bootstrapServers()).writeAll(messages);
  }

  private Map<String, byte[]> withoutStatistics() throws Exception {
    Map<String, byte[]> files = space.files("out");
    assertThat(files).containsKeys("_stats.json", "_scaler.json");
    files.remove("_stats.json");
    return files;
  }
}
