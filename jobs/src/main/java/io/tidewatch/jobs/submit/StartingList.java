package io.tidewatch.jobs.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle.StateMetaInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A list that an operator keeps for itself, in the savepoint or checkpoint to go on from. */
public final class StartingList {
  private static final Logger LOG = LoggerFactory.getLogger(StartingList.class);

  private StartingList() {}

  /**
   * Reads it, of all subtasks.
   *
   * @param env says what to go on from
   * @param uid of the operator
   * @param state its name
   * @return nothing when there is nothing to go on from, when the operator has no such list there,
   *     when state is compressed, and when it cannot be reached from here
   */
  public static <T> List<T> read(
      StreamExecutionEnvironment env, String uid, String state, Class<T> type) {
    String path = env.getConfiguration().get(StateRecoveryOptions.SAVEPOINT_PATH);
    List<T> values = new ArrayList<>();
    if (path == null || env.getConfiguration().get(ExecutionOptions.SNAPSHOT_COMPRESSION)) {
      return values;
    }
    TypeSerializer<T> serializer =
        TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
    try {
      for (OperatorState operator : StartingState.metadata(path).getOperatorStates()) {
        if (operator.getOperatorUid().filter(uid::equals).isPresent()) {
          for (OperatorSubtaskState subtask : operator.getStates()) {
            for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
              read(handle, state, serializer, values);
            }
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} of {} cannot be looked at before the job starts: {}", state, path, e.toString());
    }
    return values;
  }

  private static <T> void read(
      OperatorStateHandle handle, String state, TypeSerializer<T> serializer, List<T> into)
      throws IOException {
    StateMetaInfo places = handle.getStateNameToPartitionOffsets().get(state);
    if (places == null) {
      return;
    }
    try (FSDataInputStream in = handle.openInputStream()) {
      for (long offset : places.getOffsets()) {
        in.seek(offset);
        into.add(serializer.deserialize(new DataInputViewStreamWrapper(in)));
      }
    }
  }
}
