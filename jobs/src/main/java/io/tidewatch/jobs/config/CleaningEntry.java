package io.tidewatch.jobs.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.OutlierAction;
import io.tidewatch.schemas.model.OutlierMethod;
import io.tidewatch.schemas.model.OutlierRule;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The {@code cleaning} of a model file, of the model or of a field; what it leaves out stays. */
final class CleaningEntry {

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable MissingValues missing;

  @JsonProperty
  @JsonSetter(nulls = Nulls.SKIP)
  private @Nullable OutlierEntry outliers;

  /**
   * @param base where this says nothing; {@code outliers} are taken from one of both as a whole
   * @param path of the mapping that this stands in, empty or with a dot at its end
   * @throws ConfigException naming file, key, rule and value
   */
  Cleaning over(Cleaning base, Path file, String path) {
    try {
      return new Cleaning(
          missing == null ? base.missing() : missing,
          outliers == null ? base.outliers() : outliers.toRule());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + ": " + path + "cleaning.outliers." + e.getMessage());
    }
  }

  private static final class OutlierEntry {
    private final OutlierMethod method;

    @JsonProperty
    @JsonSetter(nulls = Nulls.SKIP)
    private @Nullable Double threshold;

    @JsonProperty
    @JsonSetter(nulls = Nulls.SKIP)
    private @Nullable OutlierAction action;

    @JsonCreator
    OutlierEntry(@JsonProperty("method") OutlierMethod method) {
      this.method = method;
    }

    OutlierRule toRule() {
      return new OutlierRule(
          method,
          threshold == null ? method.defaultThreshold() : threshold,
          action == null ? method.defaultAction() : action);
    }
  }
}
