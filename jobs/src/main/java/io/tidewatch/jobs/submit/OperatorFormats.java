package io.tidewatch.jobs.submit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.AbstractIncrementalStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The states of an operator in a savepoint or checkpoint and how each is written: what stands at
 * the beginning of its state, by the first subtask that has any; all of them write alike. What a
 * changelog holds is not looked at.
 *
 * @param keys how the keys are written; null where there are none
 */
record OperatorFormats(
    @Nullable TypeSerializerSnapshot<?> keys, List<StateMetaInfoSnapshot> states) {

  /**
   * Reads them.
   *
   * @throws IOException when they cannot be read: a class that they name is gone
   * @throws UncheckedIOException when they cannot be reached
   */
  static OperatorFormats read(OperatorState operator, ClassLoader classes) throws IOException {
    TypeSerializerSnapshot<?> keys = null;
    List<StateMetaInfoSnapshot> states = new ArrayList<>();
    StreamStateHandle keyed = firstKeyed(operator);
    if (keyed != null) {
      var header = new KeyedBackendSerializationProxy<>(classes);
      try (InputStream in = open(keyed)) {
        header.read(new DataInputViewStreamWrapper(in));
      }
      keys = header.getKeySerializerSnapshot();
      states.addAll(header.getStateMetaInfoSnapshots());
    }
    OperatorStateHandle own = firstOwn(operator);
    if (own != null) {
      var header = new OperatorBackendSerializationProxy(classes);
      try (InputStream in = open(own)) {
        header.read(new DataInputViewStreamWrapper(in));
      }
      states.addAll(header.getOperatorStateMetaInfoSnapshots());
      states.addAll(header.getBroadcastStateMetaInfoSnapshots());
    }
    return new OperatorFormats(keys, states);
  }

  /** Told apart from what is found in there: where nothing can be looked at nothing is wrong. */
  private static InputStream open(StreamStateHandle handle) {
    try {
      return handle.openInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The states for people, without the timers, which Flink keeps. */
  String names() {
    return states.stream()
        .map(StateMetaInfoSnapshot::getName)
        .filter(name -> !name.startsWith("_timer_state"))
        .collect(Collectors.joining(", "));
  }

  private static @Nullable StreamStateHandle firstKeyed(OperatorState operator) {
    for (OperatorSubtaskState subtask : operator.getStates()) {
      for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
        if (handle instanceof KeyGroupsStateHandle groups) {
          return groups.getDelegateStateHandle();
        }
        if (handle instanceof AbstractIncrementalStateHandle incremental) {
          return incremental.getMetaDataStateHandle();
        }
      }
    }
    return null;
  }

  private static @Nullable OperatorStateHandle firstOwn(OperatorState operator) {
    for (OperatorSubtaskState subtask : operator.getStates()) {
      for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
        return handle;
      }
    }
    return null;
  }
}
