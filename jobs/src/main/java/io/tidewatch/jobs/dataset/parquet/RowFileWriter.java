package io.tidewatch.jobs.dataset.parquet;

import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import java.io.IOException;
import java.nio.file.Path;
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
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file; what is there of that name is overwritten. Equal rows give equal bytes. The file
 * cannot be read before it is closed.
 */
public final class RowFileWriter implements AutoCloseable {
  private final ParquetWriter<Row> writer;

  private record Row(LabelledVector labelled, double[] features, @Nullable String scalerVersion) {}

  /**
   * @param features their names, in the order of the vectors
   * @throws IOException when it cannot be written
   */
  public RowFileWriter(Path file, List<String> features) throws IOException {
    this.writer =
        new Builder(new LocalOutputFile(file), RowSchema.of(features))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new ZstdPages())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build();
  }

  /** Writes a row that is not scaled. */
  public void write(LabelledVector row) throws IOException {
    writer.write(new Row(row, row.vector().features(), null));
  }

  /**
   * Writes a row.
   *
   * @param features instead of those of the vector
   * @param scalerVersion of the scaler that made them; null where they are not scaled
   */
  public void write(LabelledVector row, double[] features, @Nullable String scalerVersion)
      throws IOException {
    writer.write(new Row(row, features, scalerVersion));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final MessageType schema;

    Builder(OutputFile file, MessageType schema) {
      super(file);
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @Deprecated
    protected WriteSupport<Row> getWriteSupport(@Nullable Configuration unused) {
      return new RowWriteSupport(schema);
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(@Nullable ParquetConfiguration unused) {
      return new RowWriteSupport(schema);
    }
  }

  @SuppressWarnings("NullAway.Init") // the consumer is set by prepareForWrite()
  private static final class RowWriteSupport extends WriteSupport<Row> {
    private final MessageType schema;
    private RecordConsumer columns;

    RowWriteSupport(MessageType schema) {
      this.schema = schema;
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
      this.columns = consumer;
    }

    @Override
    public void write(Row row) {
      FeatureVector vector = row.labelled.vector();
      columns.startMessage();
      time(0, vector.windowEndMs());
      time(1, row.labelled.createdMs());
      time(2, vector.windowStartMs());
      text(3, vector.deviceId());
      text(4, vector.model());
      int column = RowSchema.LEADING;
      for (double value : row.features) {
        if (!Double.isNaN(value)) {
          columns.startField(schema.getFieldName(column), column);
          columns.addDouble(value);
          columns.endField(schema.getFieldName(column), column);
        }
        column++;
      }
      text(column, row.labelled.label());
      text(column + 1, row.scalerVersion);
      columns.endMessage();
    }

    private void time(int column, long timeMs) {
      columns.startField(schema.getFieldName(column), column);
      columns.addLong(Math.multiplyExact(timeMs, TimeUnit.MILLISECONDS.toMicros(1)));
      columns.endField(schema.getFieldName(column), column);
    }

    private void text(int column, @Nullable String text) {
      if (text != null) {
        columns.startField(schema.getFieldName(column), column);
        columns.addBinary(Binary.fromString(text));
        columns.endField(schema.getFieldName(column), column);
      }
    }
  }
}
