package io.tidewatch.jobs.dataset;

import io.tidewatch.analytics.dataset.LabelRule;
import io.tidewatch.analytics.feature.FeatureNames;
import io.tidewatch.analytics.feature.registry.Feature;
import io.tidewatch.analytics.feature.registry.FeatureRegistry;
import io.tidewatch.analytics.feature.registry.RowFeature;
import io.tidewatch.schemas.model.TelemetryModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The features that are columns of a data set. Those of the field that is its label are left out:
 * they would tell what is to be found out.
 *
 * @param all names of the vectors
 * @param names of the columns
 * @param places of the columns in the vectors
 */
record FeatureColumns(List<String> all, List<String> names, int[] places) {

  /** Of a device that sends regularly it is the same in all windows. */
  private static final Feature COUNT = FeatureRegistry.get("count");

  static FeatureColumns of(TelemetryModel model, LabelRule rule) {
    List<String> all = FeatureNames.of(model);
    Set<String> telling = new HashSet<>();
    if (rule.field() != LabelRule.OF_MESSAGE) {
      String field = model.fields().get(rule.field()).name();
      for (String name : model.features()) {
        if (!(FeatureRegistry.get(name) instanceof RowFeature)) {
          telling.add(field + "_" + name);
        }
      }
      FeatureRegistry.ALWAYS.forEach(each -> telling.add(field + "_" + each.name()));
    }
    int[] places =
        IntStream.range(0, all.size()).filter(i -> !telling.contains(all.get(i))).toArray();
    return new FeatureColumns(all, IntStream.of(places).mapToObj(all::get).toList(), places);
  }

  /** The values of the columns, of those of a vector. */
  double[] of(double[] vector) {
    return IntStream.of(places).mapToDouble(place -> vector[place]).toArray();
  }

  /** Whether a column tells of the records rather than of what they measured. */
  static boolean isBookkeeping(String name) {
    return Stream.concat(FeatureRegistry.ALWAYS.stream(), Stream.of(COUNT))
        .map(Feature::name)
        .anyMatch(each -> name.endsWith("_" + each));
  }
}
