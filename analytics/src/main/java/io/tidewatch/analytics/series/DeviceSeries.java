package io.tidewatch.analytics.series;

import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The features of devices that are series, found by their place in the vector of their model. */
public final class DeviceSeries implements SeriesChoice<FeatureVector> {
  private static final long serialVersionUID = 1;

  private static final String IMPUTED = "_imputed_ratio";

  private final HashMap<String, ArrayList<Metric>> byModel = new HashMap<>();

  private record Metric(String name, int place, int imputedPlace) implements Serializable {}

  private DeviceSeries() {}

  /**
   * @param models all there are
   * @param selectors in any order; a feature that several choose is one series
   * @throws IllegalArgumentException when one names a model, field or feature there is not; its
   *     message begins with the place in the list
   */
  public static DeviceSeries of(Collection<TelemetryModel> models, List<DeviceSelector> selectors) {
    DeviceSeries series = new DeviceSeries();
    for (int i = 0; i < selectors.size(); i++) {
      DeviceSelector selector = selectors.get(i);
      String model = selector.model();
      if (!selector.isOfAnyModel() && models.stream().noneMatch(m -> m.name().equals(model))) {
        throw new IllegalArgumentException(
            "[%d].model: must be * or one of %s, was '%s'"
                .formatted(
                    i, new TreeSet<>(models.stream().map(TelemetryModel::name).toList()), model));
      }
    }
    for (TelemetryModel model : models) {
      List<String> names = FeatureNames.of(model);
      Map<String, Metric> chosen = new LinkedHashMap<>();
      for (int i = 0; i < selectors.size(); i++) {
        choose(i, selectors.get(i), model, names, chosen);
      }
      if (!chosen.isEmpty()) {
        series.byModel.put(model.name(), new ArrayList<>(chosen.values()));
      }
    }
    return series;
  }

  private static void choose(
      int at,
      DeviceSelector selector,
      TelemetryModel model,
      List<String> names,
      Map<String, Metric> chosen) {
    if (!selector.isOfAnyModel() && !selector.model().equals(model.name())) {
      return;
    }
    List<String> fields =
        selector.isOfAnyField()
            ? model.fields().stream().map(TelemetryField::name).toList()
            : selector.fields();
    for (String field : fields) {
      for (String feature : selector.features()) {
        String name = field + "_" + feature;
        int place = names.indexOf(name);
        if (place >= 0) {
          chosen.put(name, new Metric(name, place, names.indexOf(field + IMPUTED)));
        } else if (!selector.isOfAnyModel()) {
          throw new IllegalArgumentException(
              "[%d]: must choose among the features of model %s, which has no %s"
                  .formatted(at, model.name(), name));
        }
      }
    }
  }

  /** Names of the metrics of a model, in the order of its rows; unmodifiable. */
  public List<String> metrics(String model) {
    return byModel.getOrDefault(model, new ArrayList<>()).stream().map(Metric::name).toList();
  }

  /** Whether nothing was chosen. */
  public boolean isEmpty() {
    return byModel.isEmpty();
  }

  @Override
  public void rowsOf(FeatureVector vector, Consumer<SeriesRow> to) {
    List<Metric> metrics = byModel.get(vector.model());
    if (metrics == null) {
      return;
    }
    for (Metric metric : metrics) {
      double[] features = vector.features();
      to.accept(
          new SeriesRow(
              new SeriesKey(vector.model(), vector.deviceId(), metric.name()),
              vector.windowStartMs(),
              vector.windowEndMs(),
              features[metric.place()],
              metric.imputedPlace() >= 0 && features[metric.imputedPlace()] > 0,
              vector.revision()));
    }
  }
}
