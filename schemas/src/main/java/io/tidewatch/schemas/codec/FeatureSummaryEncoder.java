package io.tidewatch.schemas.codec;

import io.tidewatch.schemas.dataset.ColumnSummary;
import io.tidewatch.schemas.dataset.FeatureSummary;
import java.util.Map;

/**
 * Statistics of the features of a range as JSON, {@code json/feature-summary.v1.schema.json}: the
 * members of {@link DatasetStatisticsEncoder} that need no split, in the same names.
 */
public final class FeatureSummaryEncoder implements MessageEncoder<FeatureSummary> {
  private static final long serialVersionUID = 1;

  /** The only one so far. */
  static final int FORMAT = 1;

  @Override
  public byte[] encode(FeatureSummary summary) {
    return JsonMessage.encode(
        json -> {
          json.writeNumberField("format", FORMAT);
          json.writeStringField("model", summary.metadata().model().name());
          DatasetMembers.writeMetadata(json, summary.metadata());
          json.writeObjectFieldStart("classes");
          DatasetMembers.writeClasses(json, "all", summary.classes());
          json.writeEndObject();
          json.writeArrayFieldStart("features");
          for (Map.Entry<String, ColumnSummary> feature : summary.features().entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", feature.getKey());
            DatasetMembers.writeSummary(json, "all", feature.getValue());
            json.writeEndObject();
          }
          json.writeEndArray();
          DatasetMembers.writeCorrelation(json, summary.correlation());
        });
  }
}
