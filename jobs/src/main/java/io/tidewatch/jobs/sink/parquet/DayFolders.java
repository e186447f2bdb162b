package io.tidewatch.jobs.sink.parquet;

import io.tidewatch.jobs.columns.RowTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** The folder of a row: its model, where it has one, and its day in UTC. */
final class DayFolders<T> implements BucketAssigner<T, String> {
  private static final long serialVersionUID = 1;

  private final RowTable<T> table;

  DayFolders(RowTable<T> table) {
    this.table = table;
  }

  @Override
  public String getBucketId(T row, Context context) {
    String model = table.model(row);
    LocalDate day =
        LocalDate.ofInstant(Instant.ofEpochMilli(table.eventTimeMs(row)), ZoneOffset.UTC);
    return model == null ? "dt=" + day : "model=%s/dt=%s".formatted(model, day);
  }

  @Override
  public SimpleVersionedSerializer<String> getSerializer() {
    return SimpleVersionedStringSerializer.INSTANCE;
  }
}
