package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import io.tidewatch.analytics.quantile.StoredSketches;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.latency.LatencyJob;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.testkit.LatencyOracle;
import io.tidewatch.testkit.SharedStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of docs/percentiles-later.md, on the rows that the latency job has written. */
@ExtendWith(SharedStack.class)
class PercentilesLaterITCase {
  private static final Percentage SKETCH = Percentage.withPercentage(1 + 1e-7);
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```(\\w+)\n(.*?)```");

  private static final long HOUR_MS = Instant.parse("2024-01-01T10:00:00Z").toEpochMilli();
  private static final int MINUTES = 70;
  private static final int REQUESTS_A_MINUTE = 300;

  @Test
  void theExamplesGiveThePercentilesOfTheSortedDurations(EmbeddedStack stack) throws Exception {
    List<ApiLatency> input = requests();
    ApiLatencyCodec codec = new ApiLatencyCodec();
    JobUnderTest job =
        JobUnderTest.start(
            stack,
            LatencyJob::build,
            JobUnderTest.shipped("rules/latency.yaml"),
            "window: {size: PT1M, slide: PT10S}",
            input.stream().map(codec::encode).toList());
    job.awaitRead(input.size());
    job.drain();
    assertThat(job.late()).isEmpty();

    List<String> sql = examples("sql");
    assertThat(sql).hasSize(3);
    try (Connection connection = job.database()) {
      Map<String, Double> services = new HashMap<>();
      query(connection, sql.get(0), row -> services.put(row.getString(1), row.getDouble(2)));
      assertThat(services).containsOnlyKeys("shop", "pay");
      services.forEach(
          (service, p99Ms) ->
              assertThat(p99Ms).isCloseTo(exact(input, r -> r.service().equals(service)), SKETCH));

      Map<String, Double> endpoints = new HashMap<>();
      query(connection, sql.get(1), row -> endpoints.put(row.getString(1), row.getDouble(2)));
      assertThat(endpoints).containsOnlyKeys("/orders/{id}", "/cart", "/charge");
      endpoints.forEach(
          (endpoint, p99Ms) ->
              assertThat(p99Ms).isCloseTo(exact(input, r -> isOf(r, endpoint)), SKETCH));

      long[] binned = new long[1];
      query(connection, sql.get(2), row -> binned[0] += row.getLong("count"));
      assertThat(binned[0]).isEqualTo(60 * REQUESTS_A_MINUTE);

      List<byte[]> sketches = new ArrayList<>();
      query(
          connection,
          "SELECT sketch FROM api_latency_windows WHERE service = 'shop'"
              + " AND window_end > '2024-01-01 10:00Z' AND window_end <= '2024-01-01 11:00Z'"
              + " AND (extract(epoch FROM window_end) * 1000)::bigint % window_ms = 0",
          row -> sketches.add(row.getBytes(1)));
      double exact = exact(input, r -> r.service().equals("shop"));
      assertThat(p99Ms(sketches)).isCloseTo(exact, SKETCH);
      assertThat(p99MsOfLibrary(sketches)).isCloseTo(exact, SKETCH);
      assertThat(services.get("shop")).isCloseTo(p99Ms(sketches), Percentage.withPercentage(1e-10));
    }
  }

  @Test
  void theJavaOfTheExamplesIsThatOfThisTest() throws IOException {
    String source =
        Files.readString(
            JobUnderTest.shipped("..")
                .resolve("jobs/src/test/java/io/tidewatch/jobs/PercentilesLaterITCase.java"),
            UTF_8);
    List<String> java = examples("java");
    assertThat(java).hasSize(2);
    for (String example : java) {
      assertThat(withoutSpace(source)).contains(withoutSpace(example));
    }
  }

  static double p99Ms(Iterable<byte[]> sketches) throws IOException {
    return StoredSketches.merge(sketches).quantile(0.99);
  }

  static double p99MsOfLibrary(Iterable<byte[]> sketches) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] sketch : sketches) {
      all.write(sketch);
    }
    return DDSketch.decode(ByteArrayInput.wrap(all.toByteArray()), UnboundedSizeDenseStore::new)
        .getValueAtQuantile(0.99);
  }

  private static List<String> examples(String language) throws IOException {
    Path file = JobUnderTest.shipped("..").resolve("docs/percentiles-later.md");
    return EXAMPLE
        .matcher(Files.readString(file, UTF_8))
        .results()
        .filter(example -> example.group(1).equals(language))
        .map(example -> example.group(2))
        .toList();
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** Three endpoints, one of them as raw paths; the tail of one is that of an outage. */
  private static List<ApiLatency> requests() {
    Random random = new Random(21);
    List<ApiLatency> requests = new ArrayList<>();
    for (int i = 0; i < MINUTES * REQUESTS_A_MINUTE; i++) {
      long timeMs = HOUR_MS + i * (60_000L / REQUESTS_A_MINUTE);
      int minute = i / REQUESTS_A_MINUTE;
      double factor = minute == 31 && i % 3 == 0 ? 40 : 1;
      double durationMs = factor * Math.exp(3 + i % 3 + random.nextGaussian());
      String endpoint = i % 3 == 0 ? "/charge" : i % 3 == 1 ? "/cart" : "/orders/" + i;
      requests.add(
          new ApiLatency(
              i % 3 == 0 ? "pay" : "shop", endpoint, "GET", 200, durationMs, timeMs, null));
    }
    return requests;
  }

  private static boolean isOf(ApiLatency request, String endpoint) {
    return endpoint.equals("/orders/{id}")
        ? request.endpoint().startsWith("/orders/")
        : request.endpoint().equals(endpoint);
  }

  private static double exact(List<ApiLatency> input, Predicate<ApiLatency> of) {
    return LatencyOracle.of(
            input.stream()
                .filter(request -> request.eventTimeMs() < HOUR_MS + 3_600_000)
                .filter(of)
                .toList())
        .quantileMs(0.99);
  }

  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static void query(Connection connection, String sql, RowReader reader)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        reader.read(row);
      }
    }
  }
}
