package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import io.tidewatch.analytics.feature.registry.RowFeature;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.OutOfRange;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import io.tidewatch.schemas.model.UnknownFields;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model file. */
final class ModelEntry {
  private final String name;
  private final String description;
  private final UnknownFields unknownFields;
  private final OutOfRange outOfRange;
  private final WindowEntry window;
  private final List<FieldEntry> fields;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private CleaningEntry cleaning = new CleaningEntry();

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private List<String> features = TelemetryModel.DEFAULT_FEATURES;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable String timeZone;

  @JsonCreator
  ModelEntry(
      @JsonProperty("name") String name,
      @JsonProperty("description") String description,
      @JsonProperty("unknown_fields") UnknownFields unknownFields,
      @JsonProperty("out_of_range") OutOfRange outOfRange,
      @JsonProperty("window") WindowEntry window,
      @JsonProperty("fields") List<FieldEntry> fields) {
    this.name = name;
    this.description = description;
    this.unknownFields = unknownFields;
    this.outOfRange = outOfRange;
    this.window = window;
    this.fields = fields;
  }

  /**
   * @throws ConfigException naming file, key, rule and value, when it is no model
   */
  TelemetryModel toModel(Path file) {
    List<TelemetryField> converted = new ArrayList<>();
    for (FieldEntry entry : fields) {
      converted.add(entry.toField(file));
    }
    Cleaning ofModel = cleaning.over(Cleaning.NONE, file, "");
    List<Cleaning> ofFields = new ArrayList<>();
    for (FieldEntry entry : fields) {
      ofFields.add(entry.cleaning.over(ofModel, file, "fields." + entry.name + "."));
    }
    try {
      return new TelemetryModel(
          name,
          description,
          converted,
          unknownFields,
          outOfRange,
          window.toWindow(file),
          ofFields,
          features,
          zone());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": " + e.getMessage());
    }
  }

  private ZoneId zone() {
    for (String feature : features) {
      if (FeatureRegistry.get(feature) instanceof RowFeature && timeZone == null) {
        throw new IllegalArgumentException(
            "time_zone: must be given with feature "
                + feature
                + ", such as Europe/Berlin, was missing");
      }
    }
    if (timeZone == null) {
      return ZoneOffset.UTC;
    }
    if (!ZoneId.getAvailableZoneIds().contains(timeZone)) {
      throw new IllegalArgumentException(
          "time_zone: must be a name of the IANA time zone database, such as Europe/Berlin, was '"
              + timeZone
              + "'");
    }
    return ZoneId.of(timeZone);
  }

  private static final class FieldEntry {
    private final String name;
    private final String unit;
    private final List<@Nullable Double> validRange;

    @JsonProperty
    @JsonSetter(nulls = Nulls.SKIP)
    private CleaningEntry cleaning = new CleaningEntry();

    @JsonCreator
    FieldEntry(
        @JsonProperty("name") String name,
        @JsonProperty("unit") String unit,
        @JsonProperty("valid_range") @JsonSetter(contentNulls = Nulls.SET)
            List<@Nullable Double> validRange) {
      this.name = name;
      this.unit = unit;
      this.validRange = validRange;
    }

    TelemetryField toField(Path file) {
      if (validRange.size() != 2) {
        throw new ConfigException(
            file + ": fields." + name + ".valid_range: must be [min, max], was " + validRange);
      }
      Double min = validRange.get(0);
      Double max = validRange.get(1);
      try {
        return new TelemetryField(
            name,
            unit,
            min == null ? Double.NEGATIVE_INFINITY : min,
            max == null ? Double.POSITIVE_INFINITY : max);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(file + ": fields." + name + "." + e.getMessage());
      }
    }
  }
}
