package io.tidewatch.analytics.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which ways to look at a series found a row unfamiliar, and what part each had in it. */
final class Reasons {

  private Reasons() {}

  /**
   * One share for each family of views that found anything, the greatest first; they add up to 1.
   * Where no view found anything (a forecast failed within what is familiar), the residual is named
   * alone.
   *
   * @param isolation of each view, ≥ 0
   */
  static List<ViewShare> of(List<View> views, double[] isolation) {
    Map<View.Family, Double> sums = new EnumMap<>(View.Family.class);
    double sum = 0;
    for (int i = 0; i < isolation.length; i++) {
      if (isolation[i] > 0) {
        sums.merge(views.get(i).family(), isolation[i], Double::sum);
        sum += isolation[i];
      }
    }
    if (sums.isEmpty()) {
      return List.of(new ViewShare(View.Family.RESIDUAL.label(), 1));
    }
    List<ViewShare> shares = new ArrayList<>();
    for (Map.Entry<View.Family, Double> each : sums.entrySet()) {
      shares.add(new ViewShare(each.getKey().label(), each.getValue() / sum));
    }
    shares.sort(Comparator.comparingDouble(ViewShare::share).reversed());
    return List.copyOf(shares);
  }
}
