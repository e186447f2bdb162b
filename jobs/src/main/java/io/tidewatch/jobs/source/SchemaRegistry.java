package io.tidewatch.jobs.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.schemas.codec.WriterSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads schemas from a schema registry, {@code GET /schemas/ids/{id}}, and nothing else.
 *
 * <p>Only the registry's own answer that it has no such id makes an id unknown. As long as it gives
 * another answer or none, the source waits and asks again: whatever is behind that message waits
 * with it, and nothing is refused or lost. Not for several threads.
 */
public final class SchemaRegistry implements WriterSchemas {
  private static final long serialVersionUID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** A schema may be as long in the answer, and is escaped there. */
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  /** What a registry answers besides 404 when it has no such id. */
  private static final int NO_SUCH_SCHEMA = 40403;

  /** A flood of messages with unknown ids asks once in that time for each. */
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);

  private static final int MOST_UNKNOWN = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private transient @Nullable HttpClient client;
  private transient @Nullable Map<Integer, Long> unknownSinceNanos;

  /**
   * @param url of the registry, {@code http} or {@code https}, with or without a path
   */
  public SchemaRegistry(URI url) {
    this.url = URI.create(url.toString().replaceFirst("/*$", "/"));
  }

  @Override
  public @Nullable String find(int id) {
    Map<Integer, Long> unknown = unknown();
    Long since = unknown.get(id);
    if (since != null && System.nanoTime() - since < UNKNOWN_FOR.toNanos()) {
      return null;
    }
    String schema = ask(id);
    if (schema == null) {
      unknown.remove(id);
      unknown.put(id, System.nanoTime());
    }
    return schema;
  }

  /** Asks until the registry has answered. */
  private @Nullable String ask(int id) {
    URI question = url.resolve("schemas/ids/" + id);
    for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
      try {
        return schema(answer(question));
      } catch (IOException e) {
        LOG.warn("{}: asked again in {}, input waits: {}", question, pause, e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      LockSupport.parkNanos(pause.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while it waited for " + question);
      }
    }
  }

  private HttpResponse<InputStream> answer(URI question) throws IOException, InterruptedException {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_TIMEOUT)
              .build();
    }
    HttpRequest request =
        HttpRequest.newBuilder(question)
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  /** The schema in the answer; null when the answer is that there is none. */
  private static @Nullable String schema(HttpResponse<InputStream> answer) throws IOException {
    byte[] body;
    try (InputStream in = answer.body()) {
      body = in.readNBytes(MAX_ANSWER_BYTES + 1);
    }
    if (body.length > MAX_ANSWER_BYTES) {
      throw new IOException("answer: must be ≤ " + MAX_ANSWER_BYTES + " bytes, was longer");
    }
    if (answer.statusCode() == 200) {
      JsonNode schema = JSON.readTree(body).path("schema");
      if (!schema.isTextual()) {
        throw new IOException("answer: must have the text schema, had none");
      }
      return schema.asText();
    }
    if (answer.statusCode() == 404
        && JSON.readTree(body).path("error_code").asInt() == NO_SUCH_SCHEMA) {
      return null;
    }
    throw new IOException("answer: must be 200, or 404 with a code, was " + answer.statusCode());
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private Map<Integer, Long> unknown() {
    if (unknownSinceNanos == null) {
      unknownSinceNanos = new Latest();
    }
    return unknownSinceNanos;
  }

  /** Forgets the one that was put in first. */
  private static final class Latest extends LinkedHashMap<Integer, Long> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
      return size() > MOST_UNKNOWN;
    }
  }
}
