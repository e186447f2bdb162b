package io.tidewatch.schemas.model;

import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All telemetry models of a deployment, by name. */
public final class TelemetryModels implements Serializable {
  private static final long serialVersionUID = 1;

  private final Map<String, TelemetryModel> byName;

  private TelemetryModels(Map<String, TelemetryModel> byName) {
    this.byName = byName;
  }

  /**
   * @throws IllegalArgumentException when two models bear the same name
   */
  public static TelemetryModels of(Collection<TelemetryModel> models) {
    Map<String, TelemetryModel> byName = new LinkedHashMap<>();
    for (TelemetryModel model : models) {
      if (byName.put(model.name(), model) != null) {
        throw new IllegalArgumentException(
            "models: names must be unique, was twice " + model.name());
      }
    }
    return new TelemetryModels(byName);
  }

  public @Nullable TelemetryModel find(String name) {
    return byName.get(name);
  }

  /**
   * @throws IllegalArgumentException when there is no such model; for records that were decoded
   *     with these very models that cannot happen
   */
  public TelemetryModel get(String name) {
    TelemetryModel model = byName.get(name);
    if (model == null) {
      throw new IllegalArgumentException("model: must be one of " + names() + ", was " + name);
    }
    return model;
  }

  public Set<String> names() {
    return byName.keySet();
  }

  public Collection<TelemetryModel> all() {
    return byName.values();
  }
}
