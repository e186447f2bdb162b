package io.tidewatch.benchmarks.pipeline;

import io.tidewatch.benchmarks.decode.MessageFormat;
import io.tidewatch.benchmarks.decode.MessageKind;

/** One line of a table: which messages, how they are written, and how far they go. */
public record PipelineSpec(MessageKind message, MessageFormat format, Stage stage) {

  PipelineSpec withStage(Stage other) {
    return new PipelineSpec(message, format, other);
  }
}
