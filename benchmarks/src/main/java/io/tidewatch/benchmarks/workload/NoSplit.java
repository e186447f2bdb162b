package io.tidewatch.benchmarks.workload;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** What {@link EventSource} would hand out, did its readers not know their part by themselves. */
public final class NoSplit implements SourceSplit {
  private NoSplit() {}

  @Override
  public String splitId() {
    return "none";
  }

  /** Has nothing to hand out. */
  static final class Enumerator implements SplitEnumerator<NoSplit, Void> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String requester) {}

    @Override
    public void addSplitsBack(List<NoSplit> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    @SuppressWarnings("NullAway") // the only value of Void
    public Void snapshotState(long checkpointId) {
      return null;
    }

    @Override
    public void close() {}
  }

  /** No bytes. */
  static final class Nothing<T> implements SimpleVersionedSerializer<T> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(T nothing) {
      return new byte[0];
    }

    @Override
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the only value of Void
    public T deserialize(int version, byte[] bytes) {
      return null;
    }
  }
}
