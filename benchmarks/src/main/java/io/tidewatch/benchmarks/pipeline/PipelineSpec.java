package io.tidewatch.benchmarks.pipeline;

import io.tidewatch.benchmarks.decode.MessageKind;

/** One line of a table: which messages, and how far they go. */
public record PipelineSpec(MessageKind message, Stage stage) {

  PipelineSpec withStage(Stage other) {
    return new PipelineSpec(message, other);
  }
}
