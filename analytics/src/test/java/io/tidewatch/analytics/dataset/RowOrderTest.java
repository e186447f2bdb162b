package io.tidewatch.analytics.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schemas.dataset.LabelledVector;
import io.tidewatch.schemas.derived.FeatureVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowOrderTest {
  private final RowOrder order = new RowOrder();
  private final List<String> told = new ArrayList<>();

  private static LabelledVector row(String device, long startMs, long endMs) {
    return new LabelledVector(
        new FeatureVector("m", device, startMs, endMs, 1, new double[0]), endMs, null);
  }

  private void add(String device, long startMs, long endMs) {
    order.add(row(device, startMs, endMs), this::tell);
  }

  private void tell(LabelledVector row) {
    told.add(row.vector().windowEndMs() + row.vector().deviceId() + row.vector().windowStartMs());
  }

  @Test
  void rowsThatEndTogetherAreToldByDeviceAndStartWhenALaterOneComes() {
    add("b", 5, 10);
    add("c", 0, 10);
    add("b", 0, 10);
    add("a", 9, 10);
    assertThat(told).isEmpty();
    add("a", 10, 20);
    assertThat(told).containsExactly("10a9", "10b0", "10b5", "10c0");
    order.finish(this::tell);
    assertThat(told).endsWith("10c0", "20a10").hasSize(5);
  }

  @Test
  void nothingIsToldTwice() {
    add("a", 0, 10);
    order.finish(this::tell);
    order.finish(this::tell);
    assertThat(told).containsExactly("10a0");
  }

  @Test
  void aRowThatEndsBeforeTheLastOneIsRefused() {
    add("a", 0, 10);
    assertThatThrownBy(() -> add("b", 0, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "rows: must come by the end of their window, was 1970-01-01T00:00:00.009Z behind 1970-01-01T00:00:00.010Z");
  }
}
