package io.tidewatch.schemas.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.schemas.dataset.ClassCounts;
import io.tidewatch.schemas.dataset.ColumnSummary;
import io.tidewatch.schemas.dataset.Correlation;
import io.tidewatch.schemas.dataset.DatasetLabel;
import io.tidewatch.schemas.dataset.DatasetOrigin;
import io.tidewatch.schemas.dataset.DatasetRows;
import io.tidewatch.schemas.dataset.DatasetSource;
import io.tidewatch.schemas.dataset.DatasetStatistics;
import io.tidewatch.schemas.dataset.FeatureColumn;
import io.tidewatch.schemas.dataset.Part;
import io.tidewatch.schemas.dataset.SplitSettings;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.ModelWindow;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.WindowSpec;
import io.tidewatch.schemas.scale.Scaler;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
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
          writeOrigin(json, statistics.origin());
          writeModel(json, statistics.model());
          writeLabel(json, statistics.label());
          writeSplit(json, statistics.split());
          writeRows(json, statistics.rows());
          writeClasses(json, statistics);
          writeScaler(json, statistics.scaler());
          json.writeArrayFieldStart("features");
          for (FeatureColumn feature : statistics.features()) {
            writeFeature(json, feature);
          }
          json.writeEndArray();
          writeCorrelation(json, statistics.correlation());
        });
  }

  private static void writeOrigin(JsonGenerator json, DatasetOrigin origin) throws IOException {
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

  private static void writeModel(JsonGenerator json, TelemetryModel model) throws IOException {
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

  private static void writeLabel(JsonGenerator json, @Nullable DatasetLabel label)
      throws IOException {
    if (label == null) {
      json.writeNullField("label");
      return;
    }
    json.writeObjectFieldStart("label");
    json.writeStringField("source", label.source());
    json.writeStringField("of_window", label.ofWindow());
    json.writeEndObject();
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
      json.writeStringField("group", code(random.group()));
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
      ClassCounts classes = statistics.classes(part);
      json.writeObjectFieldStart(part.directory());
      json.writeObjectFieldStart("counts");
      for (Map.Entry<String, Long> label : classes.counts().entrySet()) {
        json.writeNumberField(label.getKey(), label.getValue());
      }
      json.writeEndObject();
      json.writeNumberField("unlabelled", classes.unlabelled());
      json.writeEndObject();
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
    writeSummary(json, "all", feature.all());
    for (Part part : Part.values()) {
      writeSummary(json, part.directory(), feature.of(part));
    }
    json.writeEndObject();
  }

  private static void writeSummary(JsonGenerator json, String name, ColumnSummary summary)
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

  private static void writeCorrelation(JsonGenerator json, Correlation correlation)
      throws IOException {
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

  private static void writeTexts(JsonGenerator json, String name, Collection<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void writeNumber(JsonGenerator json, String name, double value)
      throws IOException {
    json.writeFieldName(name);
    writeNumber(json, value);
  }

  private static void writeNumber(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  /** As configuration files write it. */
  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
