package io.tidewatch.benchmarks.pipeline;

import io.tidewatch.benchmarks.decode.MessageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The configuration of a job as a user writes it; what is not said is as shipped. */
final class JobFiles {
  private JobFiles() {}

  /** Writes the files of the run into its folder; the job file is returned. */
  static Path write(PipelineOrder order) throws IOException {
    Path folder = Path.of(order.folder());
    boolean latency = order.spec().message() == MessageKind.LATENCY;
    String metric = latency ? "error_rate" : "vibration_mm_per_second_mean";
    Files.writeString(
        folder.resolve("rules.yaml"),
        """
        groups:
          - name: bench
            rules:
              - alert: High
                expr: %s > 50
                for: 5s
                labels: {severity: warning}
                annotations: {summary: High}
        """
            .formatted(metric));
    Files.writeString(folder.resolve("schema.avsc"), order.spec().message().schema());
    Path models = Files.createDirectories(folder.resolve("models"));
    Files.writeString(models.resolve("welding.yaml"), model());
    return Files.writeString(
        folder.resolve("job.yaml"),
        """
        kafka: {bootstrap_servers: "%s"}
        input: {topic: %s, group_id: bench, format: %s, avro: {schemas: {%d: schema.avsc}}}
        %s
        alerting: {rules: rules.yaml, topic: %s, state_topic: "", rules_topic: "", status_topic: ""}
        postgres: {url: "%s", user: %s}
        """
            .formatted(
                order.bootstrapServers(),
                order.topic(),
                order.spec().format(),
                MessageKind.SCHEMA_ID,
                latency
                    ? "window: {size: PT%dS, slide: PT1S}".formatted(PipelinePlan.WINDOW_SECONDS)
                    : "models: models",
                FilledTopics.ALERTS,
                order.jdbcUrl(),
                order.user()));
  }

  private static String model() {
    var model = MessageKind.MODELS.get("welding");
    return """
    name: %s
    description: %s
    unknown_fields: reject
    out_of_range: missing
    window: {size: PT%dS, slide: PT1S}
    fields:
    %s
    """
        .formatted(
            model.name(),
            model.description(),
            PipelinePlan.WINDOW_SECONDS,
            model.fields().stream()
                .map(
                    field ->
                        "- {name: %s, unit: \"1\", valid_range: [0, null]}".formatted(field.name()))
                .collect(Collectors.joining("\n")));
  }
}
