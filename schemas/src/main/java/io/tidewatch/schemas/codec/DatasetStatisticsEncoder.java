package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.schemas.dataset.DatasetRows;
import io.tidewatch.schemas.dataset.DatasetStatistics;
import io.tidewatch.schemas.dataset.FeatureColumn;
import io.tidewatch.schemas.dataset.Part;
import io.tidewatch.schemas.dataset.SplitSettings;
import io.tidewatch.schemas.scale.Scaler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a data set as JSON, {@code json/dataset-stats.v1.schema.json}: all fields in the
 * order of the schema, moments and durations as ISO 8601 says, equal statistics as equal bytes.
 * JSON has neither {@code NaN} nor infinity: both are null. A double is written with the digits
 * that give it back bit for bit.
 */
public final class DatasetStatisticsEncoder implements MessageEncoder<DatasetStatistics> {
  private static final long serialVersionUID = 1;

  /** The only one so far. */
  static final int FORMAT = 1;

  @Override
  public byte[] encode(DatasetStatistics statistics) {
    return JsonMessage.encode(
        json -> {
          json.writeNumberField("format", FORMAT);
          json.writeStringField("model", statistics.model().name());
          DatasetMembers.writeOrigin(json, statistics.origin());
          DatasetMembers.writeModel(json, statistics.model());
          DatasetMembers.writeLabel(json, statistics.label());
          writeSplit(json, statistics.split());
          writeRows(json, statistics.rows());
          writeClasses(json, statistics);
          writeScaler(json, statistics.scaler());
          json.writeArrayFieldStart("features");
          for (FeatureColumn feature : statistics.features()) {
            writeFeature(json, feature);
          }
          json.writeEndArray();
          DatasetMembers.writeCorrelation(json, statistics.correlation());
        });
  }

  private static void writeSplit(JsonGenerator json, SplitSettings split) throws IOException {
    json.writeObjectFieldStart("split");
    json.writeStringField("by", split instanceof SplitSettings.ByTime ? "time" : "random");
    json.writeNumberField("val_split", split.valSplit());
    if (split instanceof SplitSettings.ByTime time) {
      json.writeStringField("boundary", time.boundary().toString());
      json.writeStringField("embargo", time.embargo().toString());
    } else if (split instanceof SplitSettings.Random random) {
      json.writeNumberField("random_state", random.randomState());
      json.writeStringField("group", DatasetMembers.code(random.group()));
    }
    json.writeEndObject();
  }

  private static void writeRows(JsonGenerator json, DatasetRows rows) throws IOException {
    json.writeObjectFieldStart("rows");
    json.writeNumberField("records", rows.records());
    json.writeNumberField("rejected", rows.rejected());
    json.writeNumberField("train", rows.train());
    json.writeNumberField("validation", rows.validation());
    json.writeNumberField("embargo", rows.embargo());
    json.writeEndObject();
  }

  private static void writeClasses(JsonGenerator json, DatasetStatistics statistics)
      throws IOException {
    json.writeObjectFieldStart("classes");
    for (Part part : Part.values()) {
      DatasetMembers.writeClasses(json, part.directory(), statistics.classes(part));
    }
    json.writeEndObject();
  }

  private static void writeScaler(JsonGenerator json, @Nullable Scaler scaler) throws IOException {
    if (scaler == null) {
      json.writeNullField("scaler");
      return;
    }
    json.writeObjectFieldStart("scaler");
    ScalerCodec.write(json, scaler);
    json.writeEndObject();
  }

  private static void writeFeature(JsonGenerator json, FeatureColumn feature) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", feature.name());
    DatasetMembers.writeSummary(json, "all", feature.all());
    for (Part part : Part.values()) {
      DatasetMembers.writeSummary(json, part.directory(), feature.of(part));
    }
    json.writeEndObject();
  }
}
