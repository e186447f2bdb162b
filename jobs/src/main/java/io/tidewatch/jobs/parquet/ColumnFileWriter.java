package io.tidewatch.jobs.parquet;

import io.tidewatch.jobs.columns.Column;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file; what is there of that name is overwritten. Equal rows give equal bytes. The file
 * cannot be read before it is closed. Memory: a row group, 128 MiB of rows at most, before it is
 * compressed.
 */
public final class ColumnFileWriter<T> implements Closeable {
  private final ParquetWriter<T> writer;

  /**
   * @param columns in their order
   * @throws IOException when it cannot be written
   */
  public ColumnFileWriter(OutputFile file, List<Column<T>> columns) throws IOException {
    this.writer =
        new Builder<>(file, columns)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new ZstdPages())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build();
  }

  public void write(T row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
    private final List<Column<T>> columns;

    Builder(OutputFile file, List<Column<T>> columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected Builder<T> self() {
      return this;
    }

    @Override
    @Deprecated
    protected WriteSupport<T> getWriteSupport(@Nullable Configuration unused) {
      return new ColumnWriteSupport<>(columns);
    }

    @Override
    protected WriteSupport<T> getWriteSupport(@Nullable ParquetConfiguration unused) {
      return new ColumnWriteSupport<>(columns);
    }
  }

  @SuppressWarnings("NullAway.Init") // the consumer is set by prepareForWrite()
  private static final class ColumnWriteSupport<T> extends WriteSupport<T> {
    private final List<Column<T>> columns;
    private final MessageType schema;
    private RecordConsumer out;

    ColumnWriteSupport(List<Column<T>> columns) {
      this.columns = columns;
      this.schema = ColumnSchema.of(columns);
    }

    @Override
    @Deprecated
    public WriteContext init(@Nullable Configuration unused) {
      return context();
    }

    @Override
    public WriteContext init(@Nullable ParquetConfiguration unused) {
      return context();
    }

    private WriteContext context() {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      this.out = consumer;
    }

    @Override
    public void write(T row) {
      out.startMessage();
      for (int i = 0; i < columns.size(); i++) {
        Column<T> column = columns.get(i);
        Object value = column.value().of(row);
        if (value != null) {
          out.startField(column.name(), i);
          add(column, value);
          out.endField(column.name(), i);
        } else if (column.required()) {
          throw new IllegalStateException(column.name() + ": must have a value in each row");
        }
      }
      out.endMessage();
    }

    private void add(Column<T> column, Object value) {
      switch (column.type()) {
        case TEXT, JSON -> out.addBinary(Binary.fromString((String) value));
        case TIME ->
            out.addLong(Math.multiplyExact((Long) value, TimeUnit.MILLISECONDS.toMicros(1)));
        case DOUBLE -> out.addDouble((Double) value);
        case LONG -> out.addLong((Long) value);
        case INT -> out.addInteger((Integer) value);
        case BOOLEAN -> out.addBoolean((Boolean) value);
        case BYTES -> out.addBinary(Binary.fromConstantByteArray((byte[]) value));
      }
    }
  }
}
