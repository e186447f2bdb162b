package io.tidewatch.schemas.forest;

/** A document of the topic of models. */
public sealed interface ModelMessage permits ForestArtifact, ModelRollback {

  /**
   * Whose forest it is, the key of the message: a telemetry model, or model and device as {@code
   * <model>/<device>}.
   */
  String modelKey();

  /** The version it is about. */
  String version();
}
