package io.tidewatch.benchmarks.keys;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StateSerializerProvider;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.restore.FullSnapshotRestoreOperation;
import org.apache.flink.runtime.state.restore.KeyGroup;
import org.apache.flink.runtime.state.restore.KeyGroupEntry;
import org.apache.flink.runtime.state.restore.SavepointRestoreResult;
import org.apache.flink.runtime.state.restore.ThrowingIterator;
import org.apache.flink.util.StateMigrationException;

/**
 * What lives in a canonical savepoint, counted one by one: the same for each state backend, and
 * without what a disk state backend has deleted but not yet cleared away.
 *
 * @param keys how many keys have panes
 * @param paneBytes of their keys and values
 * @param timers event-time timers that wait
 * @param timerBytes of these
 * @param fileBytes of the savepoint
 */
record Census(long keys, long paneBytes, long timers, long timerBytes, long fileBytes) {
  private static final String TIMERS = "_timer_state/";

  /** Counts and bytes of one state. */
  private static final class Tally {
    private long entries;
    private long bytes;
  }

  /**
   * Reads a savepoint of a job with one keyed operator.
   *
   * @param uri folder of the savepoint
   */
  static Census of(String uri, TypeInformation<?> keyType) throws IOException {
    Path folder = Path.of(URI.create(uri));
    Map<String, Tally> tallies = new TreeMap<>();
    ClassLoader loader = Census.class.getClassLoader();
    try (var in = new DataInputStream(Files.newInputStream(folder.resolve("_metadata")))) {
      var metadata = Checkpoints.loadCheckpointMetadata(in, loader, uri);
      for (OperatorState operator : metadata.getOperatorStates()) {
        for (OperatorSubtaskState subtask : operator.getStates()) {
          for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
            count(handle, keyType, tallies);
          }
        }
      }
    } catch (StateMigrationException e) {
      throw new IOException(uri + ": keys must be " + keyType, e);
    }
    Tally panes = new Tally();
    Tally timers = new Tally();
    tallies.forEach(
        (name, tally) -> {
          Tally sum = name.startsWith(TIMERS) ? timers : panes;
          sum.entries += tally.entries;
          sum.bytes += tally.bytes;
        });
    return new Census(panes.entries, panes.bytes, timers.entries, timers.bytes, bytes(folder));
  }

  private static <K> void count(
      KeyedStateHandle handle, TypeInformation<K> keyType, Map<String, Tally> tallies)
      throws IOException, StateMigrationException {
    var operation =
        new FullSnapshotRestoreOperation<>(
            handle.getKeyGroupRange(),
            Census.class.getClassLoader(),
            List.of(handle),
            StateSerializerProvider.fromNewRegisteredSerializer(
                keyType.createSerializer(new SerializerConfigImpl())));
    try (ThrowingIterator<SavepointRestoreResult> results = operation.restore()) {
      while (results.hasNext()) {
        SavepointRestoreResult result = results.next();
        List<Tally> byId =
            result.getStateMetaInfoSnapshots().stream()
                .map(StateMetaInfoSnapshot::getName)
                .map(name -> tallies.computeIfAbsent(name, key -> new Tally()))
                .toList();
        try (ThrowingIterator<KeyGroup> groups = result.getRestoredKeyGroups()) {
          while (groups.hasNext()) {
            count(groups.next(), byId);
          }
        }
      }
    }
  }

  private static void count(KeyGroup group, List<Tally> byId)
      throws IOException, StateMigrationException {
    try (ThrowingIterator<KeyGroupEntry> entries = group.getKeyGroupEntries()) {
      while (entries.hasNext()) {
        KeyGroupEntry entry = entries.next();
        Tally tally = byId.get(entry.getKvStateId());
        tally.entries++;
        tally.bytes += entry.getKey().length + entry.getValue().length;
      }
    }
  }

  /** Bytes of all files below a folder. */
  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
