package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.schemas.dataset.ClassCounts;
import io.tidewatch.schemas.dataset.ColumnSummary;
import io.tidewatch.schemas.dataset.Correlation;
import io.tidewatch.schemas.dataset.DatasetLabel;
import io.tidewatch.schemas.dataset.DatasetOrigin;
import io.tidewatch.schemas.dataset.DatasetSource;
import io.tidewatch.schemas.dataset.FeatureMetadata;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.WindowSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members that the documents over the rows of a data set share, in the names and the order of
 * {@code json/dataset-stats.v1.schema.json}. What is not finite is null.
 */
final class DatasetMembers {
  private DatasetMembers() {}

  static void writeOrigin(JsonGenerator json, DatasetOrigin origin) throws IOException {
    Instant asOf = origin.asOf();
    json.writeStringField("code_version", origin.codeVersion());
    json.writeStringField("created_at", origin.createdAt().toString());
    json.writeStringField("as_of", asOf == null ? null : asOf.toString());
    json.writeStringField("from", origin.from().toString());
    json.writeStringField("to", origin.to().toString());
    writeTexts(json, "devices", origin.devices());
    json.writeArrayFieldStart("sources");
    for (DatasetSource source : origin.sources()) {
      json.writeStartObject();
      writeSource(json, source);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeSource(JsonGenerator json, DatasetSource source) throws IOException {
    if (source instanceof DatasetSource.File file) {
      json.writeStringField("kind", "file");
      json.writeStringField("path", file.path());
      json.writeStringField("format", file.format());
      json.writeNumberField("bytes", file.bytes());
    } else if (source instanceof DatasetSource.KafkaRange range) {
      json.writeStringField("kind", "kafka");
      json.writeStringField("topic", range.topic());
      json.writeNumberField("partition", range.partition());
      json.writeNumberField("from_offset", range.fromOffset());
      json.writeNumberField("to_offset", range.toOffset());
    } else if (source instanceof DatasetSource.Query query) {
      json.writeStringField("kind", "query");
      json.writeStringField("url", query.url());
      json.writeStringField("query", query.query());
    }
  }

  static void writeModel(JsonGenerator json, TelemetryModel model) throws IOException {
    json.writeObjectFieldStart("window");
    writeWindow(json, model.window());
    json.writeEndObject();
    json.writeStringField("time_zone", model.timeZone().getId());
    json.writeStringField("out_of_range", code(model.outOfRange()));
    json.writeArrayFieldStart("fields");
    for (int i = 0; i < model.fields().size(); i++) {
      writeField(json, model.fields().get(i), model.cleaning().get(i));
    }
    json.writeEndArray();
    writeTexts(json, "feature_list", model.features());
  }

  private static void writeWindow(JsonGenerator json, ModelWindow window) throws IOException {
    if (window instanceof WindowSpec time) {
      json.writeStringField("by", "time");
      json.writeStringField("size", time.size().toString());
      json.writeStringField("slide", time.slide().toString());
    } else if (window instanceof PointWindowSpec points) {
      json.writeStringField("by", "points");
      json.writeNumberField("size", points.size());
      json.writeNumberField("slide", points.slide());
      json.writeStringField("forget_after", points.forgetAfter().toString());
    }
  }

  private static void writeField(JsonGenerator json, TelemetryField field, Cleaning cleaning)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", field.name());
    json.writeStringField("unit", field.unit());
    writeNumber(json, "min", field.min());
    writeNumber(json, "max", field.max());
    json.writeStringField("missing", code(cleaning.missing()));
    json.writeObjectFieldStart("outliers");
    json.writeStringField("method", code(cleaning.outliers().method()));
    json.writeNumberField("threshold", cleaning.outliers().threshold());
    json.writeStringField("action", code(cleaning.outliers().action()));
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Whence windows are that are not split, as one object. */
  static void writeMetadata(JsonGenerator json, FeatureMetadata metadata) throws IOException {
    json.writeObjectFieldStart("metadata");
    writeOrigin(json, metadata.origin());
    writeModel(json, metadata.model());
    writeNumber(json, "overlap", metadata.overlap());
    writeLabel(json, metadata.label());
    json.writeObjectFieldStart("rows");
    json.writeNumberField("records", metadata.records());
    json.writeNumberField("rejected", metadata.rejected());
    json.writeNumberField("windows", metadata.windows());
    json.writeEndObject();
    json.writeEndObject();
  }

  static void writeLabel(JsonGenerator json, @Nullable DatasetLabel label) throws IOException {
    if (label == null) {
      json.writeNullField("label");
      return;
    }
    json.writeObjectFieldStart("label");
    json.writeStringField("source", label.source());
    json.writeStringField("of_window", label.ofWindow());
    json.writeEndObject();
  }

  /** The rows by label. */
  static void writeClasses(JsonGenerator json, String name, ClassCounts classes)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeObjectFieldStart("counts");
    for (Map.Entry<String, Long> label : classes.counts().entrySet()) {
      json.writeNumberField(label.getKey(), label.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("unlabelled", classes.unlabelled());
    json.writeEndObject();
  }

  static void writeSummary(JsonGenerator json, String name, ColumnSummary summary)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("count", summary.count());
    json.writeNumberField("missing", summary.missing());
    writeNumber(json, "missing_ratio", summary.missingRatio());
    writeNumber(json, "min", summary.min());
    writeNumber(json, "max", summary.max());
    writeNumber(json, "mean", summary.mean());
    writeNumber(json, "std", summary.std());
    json.writeObjectFieldStart("quantiles");
    for (Map.Entry<Double, Double> quantile : summary.quantiles().entrySet()) {
      writeNumber(json, quantile.getKey().toString(), quantile.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  static void writeCorrelation(JsonGenerator json, Correlation correlation) throws IOException {
    json.writeObjectFieldStart("correlation");
    json.writeArrayFieldStart("pairs");
    for (long[] row : correlation.pairs()) {
      json.writeArray(row, 0, row.length);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("coefficients");
    for (double[] row : correlation.coefficients()) {
      json.writeStartArray();
      for (double coefficient : row) {
        writeNumber(json, coefficient);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void writeTexts(JsonGenerator json, String name, Collection<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  static void writeNumber(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    writeNumber(json, value);
  }

  static void writeNumber(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  /** As configuration files write it. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
