package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.source.GoldenSource;
import io.tidewatch.schemas.reject.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The files of {@code golden/<name>}: what goes in, and what must come out. See its README. */
final class GoldenFiles {
  /** Rounding of two different ways to compute the same. */
  static final double EXACT = 1e-9;

  private static final String VALID = "valid-input.ndjson";
  private static final String ERROR = "error-input.ndjson";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  GoldenFiles(String name) {
    this.folder = Path.of("src", "test", "resources", "golden", name).toAbsolutePath();
  }

  /** One subtask each, so that records and watermarks keep the order of the file. */
  static StreamExecutionEnvironment environment(EmbeddedStack stack) {
    return StreamExecutionEnvironment.getExecutionEnvironment(stack.flink().configuration())
        .setParallelism(1);
  }

  /** Runs what the environment holds to its end. */
  static void run(EmbeddedStack stack, StreamExecutionEnvironment env) {
    JobStatus end = stack.flink().awaitEnd(stack.flink().submit(env), Duration.ofMinutes(1));
    assertThat(end).isEqualTo(JobStatus.FINISHED);
  }

  Path path(String file) {
    return folder.resolve(file);
  }

  List<GoldenSource.Line> validInput() {
    return inputLines(VALID);
  }

  /** The valid lines in their order, with a refused one after each as long as there are any. */
  List<GoldenSource.Line> mixedInput() {
    List<GoldenSource.Line> valid = inputLines(VALID);
    List<GoldenSource.Line> error = inputLines(ERROR);
    assertThat(error).hasSizeLessThanOrEqualTo(valid.size());
    List<GoldenSource.Line> mixed = new ArrayList<>();
    for (int i = 0; i < valid.size(); i++) {
      mixed.add(valid.get(i));
      if (i < error.size()) {
        mixed.add(error.get(i));
      }
    }
    return mixed;
  }

  private List<GoldenSource.Line> inputLines(String file) {
    List<String> texts = texts(file);
    return IntStream.range(0, texts.size())
        .mapToObj(i -> new GoldenSource.Line(file, i + 1, texts.get(i)))
        .toList();
  }

  private List<String> texts(String file) {
    try {
      return Files.readAllLines(path(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each refused message is the line of the error input that the golden file says, unchanged. */
  void assertRejected(List<Rejected> rejected) {
    List<String> errors = texts(ERROR);
    assertThat(rejected)
        .allSatisfy(
            each -> {
              assertThat(each.topic()).isEqualTo(ERROR);
              assertThat(each.value())
                  .asString(UTF_8)
                  .isEqualTo(errors.get((int) each.offset() - 1));
              assertThat(each.detail()).isNotBlank().doesNotContain("\n");
            });
    assertSame(
        "rejected.ndjson",
        rejected,
        each ->
            JSON.createObjectNode()
                .put("line", each.offset())
                .put("reason", each.reason().code())
                .toString(),
        field -> EXACT,
        "line");
  }

  /**
   * The same lines in any order.
   *
   * @param json a result as one line
   * @param tolerance relative, of the fraction in a field of that name; whole numbers are exact
   * @param keys the fields that identify a line
   */
  <T> void assertSame(
      String file,
      List<T> got,
      Function<T, String> json,
      ToDoubleFunction<String> tolerance,
      String... keys) {
    Map<String, JsonNode> wanted =
        texts(file).stream()
            .map(GoldenFiles::parse)
            .collect(Collectors.toMap(line -> key(line, List.of(keys)), line -> line));
    List<String> shown = new ArrayList<>();
    for (T each : got) {
      JsonNode line = parse(json.apply(each));
      JsonNode counterpart = wanted.get(key(line, List.of(keys)));
      shown.add((counterpart == null ? line : adopt("", line, counterpart, tolerance)).toString());
    }
    assertThat(shown)
        .as(file)
        .containsExactlyInAnyOrderElementsOf(
            wanted.values().stream().map(JsonNode::toString).toList());
  }

  private static String key(JsonNode line, List<String> fields) {
    return fields.stream()
        .map(field -> line.path(field).toString())
        .collect(Collectors.joining(" "));
  }

  /** The line with the wanted number wherever its own is close enough. */
  private static JsonNode adopt(
      String name, JsonNode got, JsonNode wanted, ToDoubleFunction<String> tolerance) {
    if (got instanceof ObjectNode object && wanted.isObject()) {
      ObjectNode adopted = JSON.createObjectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        JsonNode counterpart = wanted.path(field.getKey());
        adopted.set(
            field.getKey(), adopt(field.getKey(), field.getValue(), counterpart, tolerance));
      }
      return adopted;
    }
    boolean close =
        got.isFloatingPointNumber()
            && wanted.isNumber()
            && Math.abs(got.doubleValue() - wanted.doubleValue())
                <= tolerance.applyAsDouble(name) * Math.abs(wanted.doubleValue());
    return close ? wanted : got;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(line, e);
    }
  }
}
