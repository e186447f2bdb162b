package io.tidewatch.jobs.anomaly;

import io.tidewatch.analytics.model.ModelMessageDecoder;
import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.KafkaConfig;
import io.tidewatch.jobs.source.WholeTopic;
import io.tidewatch.schemas.codec.Decoded;
import io.tidewatch.schemas.codec.ModelMessageCodec;
import io.tidewatch.schemas.forest.ModelMessage;
import io.tidewatch.schemas.forest.ModelRollback;
import io.tidewatch.schemas.forest.ModelUpdate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic of models as people use it: what is in it, and documents put there for the job. Checks
 * what it puts there as the job will, so that a refusal is seen at once and not in a dead-letter
 * topic.
 */
public final class ModelShelf {
  private final KafkaConfig kafka;
  private final String topic;
  private final ModelMessageDecoder decoder;

  public ModelShelf(AnomalyFiles files) {
    this.kafka = files.config().kafka();
    this.topic = files.config().output().modelsTopic();
    this.decoder = files.modelDecoder();
  }

  /**
   * A message of the topic that the job takes.
   *
   * @param message what it says
   * @param document as it stands there
   * @param toldByJob whether the job told it
   */
  public record Entry(ModelMessage message, byte[] document, boolean toldByJob) {}

  /**
   * What is in the topic, in the order in which it came; of older messages of a key, those that
   * were not compacted away.
   *
   * @throws ConfigException when the topic cannot be read
   */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    new WholeTopic(kafka, AnomalyFiles.MODELS_TOPIC, topic).read(message -> add(message, entries));
    return entries;
  }

  private void add(ConsumerRecord<byte[], byte[]> message, List<Entry> entries) {
    Decoded<ModelMessage> decoded = decoder.decode(message.key(), message.value());
    if (decoded instanceof Decoded.Ok<ModelMessage> ok) {
      entries.add(
          new Entry(
              ok.value(),
              message.value(),
              message.headers().lastHeader(ModelUpdate.TOLD_BY_JOB) != null));
    }
  }

  /**
   * Puts an artifact there: the job scores by it from the next row of its key on.
   *
   * @param document an artifact as JSON
   * @return what it says
   * @throws IllegalArgumentException when the job would refuse it; one line
   */
  public ModelMessage put(byte[] document) {
    Decoded<ModelMessage> read = new ModelMessageCodec().decode(document);
    if (read instanceof Decoded.Ok<ModelMessage> ok) {
      read = decoder.decode(key(ok.value()), document);
    }
    if (read instanceof Decoded.Refused<ModelMessage> refused) {
      throw new IllegalArgumentException(
          "%s: %s".formatted(refused.reason().code(), refused.detail()));
    }
    ModelMessage message = ((Decoded.Ok<ModelMessage>) read).value();
    write(key(message), document);
    return message;
  }

  /**
   * Asks for a version that the job keeps.
   *
   * @throws IllegalArgumentException when there can be no such key; one line
   */
  public void rollBack(String modelKey, String version) {
    put(ModelMessageCodec.encode(new ModelRollback(modelKey, version)));
  }

  private static byte[] key(ModelMessage message) {
    return message.modelKey().getBytes(StandardCharsets.UTF_8);
  }

  private void write(byte[] key, byte[] document) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(2 << 20));
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key, document)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the document was written", e);
    } catch (ExecutionException | KafkaException e) {
      throw new IllegalStateException(topic + ": cannot be written", e);
    }
  }
}
