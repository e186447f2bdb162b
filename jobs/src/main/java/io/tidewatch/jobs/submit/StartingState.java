package io.tidewatch.jobs.submit;

import io.tidewatch.jobs.config.ConfigException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The savepoint or checkpoint that a job is to go on from, held against the job where it is
 * submitted. Flink finds the same out, but says it by the hashes of ids, or in a task that is then
 * restarted for ever; here it is one line with names and what to do.
 */
public final class StartingState {
  private static final Logger LOG = LoggerFactory.getLogger(StartingState.class);
  private static final String OTHER_VERSION =
      "start the version that wrote it; or end that job with stop --drain and start this one"
          + " without state and with input.start: committed";

  private final String job;
  private final String path;
  private final boolean someMayBeLost;
  private final ClassLoader classes = Thread.currentThread().getContextClassLoader();
  private final Map<String, StreamNode> operators = new HashMap<>();

  private StartingState(String job, String path, StreamExecutionEnvironment env) {
    this.job = job;
    this.path = path;
    this.someMayBeLost =
        env.getConfiguration().get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE);
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      operators.put(node.getTransformationUID(), node);
    }
  }

  /**
   * Refuses state that the job cannot go on from. State that cannot be reached from here is left to
   * Flink.
   *
   * @param job its name, for people
   * @param env that holds the job, and says what to go on from
   * @throws ConfigException naming job, operator, state and what to do
   */
  public static void require(String job, StreamExecutionEnvironment env) {
    ReadableConfig flink = env.getConfiguration();
    @Nullable String path = flink.get(StateRecoveryOptions.SAVEPOINT_PATH);
    if (path == null) {
      return;
    }
    StartingState state = new StartingState(job, path, env);
    try {
      metadata(path).getOperatorStates().forEach(state::require);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{}: {} cannot be looked at before it starts: {}", job, path, e.toString());
    }
  }

  /** What stands in the file that is the savepoint or checkpoint there. */
  static CheckpointMetadata metadata(String path) throws IOException {
    var location = AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(path);
    try (DataInputStream in = new DataInputStream(location.getMetadataHandle().openInputStream())) {
      return Checkpoints.loadCheckpointMetadata(
          in, Thread.currentThread().getContextClassLoader(), path);
    }
  }

  private void require(OperatorState state) {
    @Nullable String uid = state.getOperatorUid().orElse(null);
    if (uid == null || !holdsAny(state)) {
      return;
    }
    OperatorFormats formats = formats(uid, state);
    StreamNode operator = operators.get(uid);
    if (operator != null) {
      requireRoom(uid, state, operator, formats);
      requireReadable(uid, operator, formats);
    } else if (!someMayBeLost) {
      throw new ConfigException(
          ("%s: operator '%s' must be in the job, its state (%s) is in %s; start the version and"
                  + " configuration that wrote it, or give that state up with"
                  + " --allowNonRestoredState")
              .formatted(job, uid, formats.names(), path));
    }
  }

  private static boolean holdsAny(OperatorState state) {
    return state.getCoordinatorState() != null
        || state.getStates().stream().anyMatch(OperatorSubtaskState::hasState);
  }

  private OperatorFormats formats(String uid, OperatorState state) {
    try {
      return OperatorFormats.read(state, classes);
    } catch (IOException e) {
      throw new ConfigException(
          "%s: operator '%s' must have state that can be read, that in %s cannot (%s); %s"
              .formatted(job, uid, path, e.getMessage(), OTHER_VERSION));
    }
  }

  /** Keys are spread over as many groups as the max parallelism, once and for all. */
  private void requireRoom(
      String uid, OperatorState state, StreamNode operator, OperatorFormats formats) {
    int groups = state.getMaxParallelism();
    if (formats.keys() != null
        && operator.getMaxParallelism() > 0
        && operator.getMaxParallelism() != groups) {
      throw new ConfigException(
          ("%s: operator '%s' must have a max parallelism of %d, as its state (%s) in %s, was %d;"
                  + " set pipeline.max-parallelism: %d")
              .formatted(
                  job, uid, groups, formats.names(), path, operator.getMaxParallelism(), groups));
    }
    if (operator.getParallelism() > groups) {
      throw new ConfigException(
          ("%s: operator '%s' must have a parallelism of at most %d, the max parallelism of its"
                  + " state (%s) in %s, was %d; start it with -p %d or less")
              .formatted(
                  job, uid, groups, formats.names(), path, operator.getParallelism(), groups));
    }
  }

  private void requireReadable(String uid, StreamNode operator, OperatorFormats formats) {
    TypeSerializerSnapshot<?> keys = formats.keys();
    TypeSerializer<?> keysNow = operator.getStateKeySerializer();
    if (keys != null && keysNow != null && !PresentSerializers.canRead(keysNow, keys)) {
      throw unreadable(uid, "keys", "they are other ones today");
    }
    for (StateMetaInfoSnapshot state : formats.states()) {
      for (TypeSerializerSnapshot<?> part : state.getSerializerSnapshotsImmutable().values()) {
        requireReadable(uid, state.getName(), part);
      }
    }
  }

  private void requireReadable(String uid, String state, TypeSerializerSnapshot<?> written) {
    String why = "its records have other fields today";
    try {
      if (new PresentSerializers(classes).canRead(written)) {
        return;
      }
    } catch (IOException | IllegalStateException e) {
      why = String.valueOf(e.getMessage());
    }
    throw unreadable(uid, state, why);
  }

  private ConfigException unreadable(String uid, String state, String why) {
    return new ConfigException(
        "%s: operator '%s', state '%s' in %s must be readable by this version, is not (%s); %s"
            .formatted(job, uid, state, path, why, OTHER_VERSION));
  }
}
