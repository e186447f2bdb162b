package io.tidewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TestDatabase;
import io.tidewatch.testkit.TopicClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidewatch features} on real servers answers what it answers on files. */
@ExtendWith(SharedStack.class)
class FeaturesOfStoresITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MS = Instant.parse("2025-03-01T12:00:00Z").toEpochMilli();
  private static final int SECONDS = 240;
  private static final String[] QUESTIONS = {
    "extract", "extract --device b --to 2025-03-01T12:02:00Z", "stats", "stats --device a"
  };

  @TempDir Path folder;

  private record Reading(long timeMs, String device, int force, Double heat, String label) {}

  @BeforeEach
  void writeTheModel() throws IOException {
    write(
        "models/press.yaml",
        """
        name: press
        description: a press
        unknown_fields: reject
        out_of_range: missing
        window: {size: PT10S, slide: PT5S}
        fields:
          - {name: force, unit: N, valid_range: [0, 15]}
          - {name: heat, unit: Cel, valid_range: [null, null]}
        features: [mean, std, slope_per_second]
        """);
  }

  private static List<Reading> readings() {
    List<Reading> readings = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      for (String device : List.of("a", "b")) {
        Double heat = second / 30 % 4 == 2 ? null : Double.valueOf(Math.sin(second) / 3);
        readings.add(
            new Reading(
                START_MS + second * 1000L,
                device,
                second % 17 + device.charAt(0) % 2,
                heat,
                second / 60 % 2 == 0 ? "0" : "1"));
      }
    }
    return readings;
  }

  @Test
  void aTopicIsAnsweredAsAFileOfItsMessages(EmbeddedStack stack) throws IOException {
    List<String> messages = new ArrayList<>(List.of("not json"));
    for (Reading reading : readings()) {
      messages.add(
          "{\"model\":\"press\",\"device_id\":\"%s\",\"event_time_ms\":%d,\"fields\":{\"force\":%d,\"heat\":%s},\"label\":\"%s\"}"
              .formatted(
                  reading.device(),
                  reading.timeMs(),
                  reading.force(),
                  reading.heat(),
                  reading.label()));
    }
    String topic = "features.of.stores";
    stack.kafka().createTopic(topic, 2, Map.of());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String message : messages) {
      records.add(new ProducerRecord<>(topic, records.size() % 2, null, message.getBytes(UTF_8)));
    }
    new TopicClient(stack.kafka().bootstrapServers()).writeAll(records);
    write("messages.ndjson", String.join("\n", messages) + "\n");

    answersAlike(
        config("{files: {paths: [messages.ndjson], format: ndjson}}"),
        config(
            "{kind: kafka, kafka: {bootstrap_servers: '%s', topic: %s}}"
                .formatted(stack.kafka().bootstrapServers(), topic)),
        1);
  }

  @Test
  void aTableIsAnsweredAsAFileOfItsRows(EmbeddedStack stack) throws Exception {
    StringBuilder csv = new StringBuilder("timestamp,device_id,force,heat,label\n");
    TestDatabase database = TestDatabase.create(stack);
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE features_of_stores (at timestamptz, machine text, force int, heat float8, label text)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO features_of_stores VALUES (to_timestamp(? / 1000.0), ?, ?, ?, ?)")) {
        for (Reading reading : readings()) {
          csv.append(
              "%d,%s,%d,%s,%s\n"
                  .formatted(
                      reading.timeMs(),
                      reading.device(),
                      reading.force(),
                      reading.heat() == null ? "" : reading.heat(),
                      reading.label()));
          insert.setLong(1, reading.timeMs());
          insert.setString(2, reading.device());
          insert.setInt(3, reading.force());
          insert.setObject(4, reading.heat(), Types.DOUBLE);
          insert.setString(5, reading.label());
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
    write("readings.csv", csv.toString());

    answersAlike(
        config("{files: {paths: [readings.csv], columns: {label: label}}}"),
        config(
            "{kind: postgres, postgres: {url: '%s', user: %s, query: SELECT * FROM features_of_stores, columns: {time: at, device: machine, label: label}}}"
                .formatted(database.jdbcUrl(), database.user())),
        0);
  }

  /** Each question has the same answer, but for when it was asked and what was read. */
  private void answersAlike(String ofFile, String ofStore, int rejected) throws IOException {
    for (String question : QUESTIONS) {
      write("dataset.yaml", ofFile);
      ObjectNode expected = answer(question);
      write("dataset.yaml", ofStore);
      ObjectNode actual = answer(question);

      assertThat(actual).as(question).isEqualTo(expected);
      assertThat(actual.at("/metadata/rows/rejected").intValue()).isEqualTo(rejected);
      assertThat(actual.at("/metadata/rows/windows").intValue()).isGreaterThan(20);
    }
  }

  private ObjectNode answer(String question) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String config = folder.resolve("dataset.yaml").toString();
    List<String> args = new ArrayList<>(List.of("features"));
    args.addAll(List.of(question.split(" ")));
    args.addAll(List.of("--config", config));
    int exit =
        Tidewatch.command()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args.toArray(String[]::new));
    assertThat(exit).as(err.toString()).isZero();
    ObjectNode answer = (ObjectNode) JSON.readTree(out.toString());
    ObjectNode metadata = (ObjectNode) answer.get("metadata");
    JsonNode sources = metadata.remove("sources");
    assertThat(sources).isNotEmpty();
    metadata.remove("created_at");
    return answer;
  }

  private static String config(String source) {
    return """
        models: models
        model: press
        source: %s
        label: {field: label}
        """
        .formatted(source);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
