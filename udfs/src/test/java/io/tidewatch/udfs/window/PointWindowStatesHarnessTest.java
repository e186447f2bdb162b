package io.tidewatch.udfs.window;

import static io.tidewatch.udfs.window.PointWindowOperatorHarnessTest.LATE;
import static io.tidewatch.udfs.window.PointWindowOperatorHarnessTest.RECORDS;
import static io.tidewatch.udfs.window.PointWindowOperatorHarnessTest.arrivals;
import static io.tidewatch.udfs.window.PointWindowOperatorHarnessTest.byDevice;
import static io.tidewatch.udfs.window.PointWindowOperatorHarnessTest.feed;
import static io.tidewatch.udfs.window.PointWindowOperatorHarnessTest.operator;
import static io.tidewatch.udfs.window.PointWindowOperatorHarnessTest.reading;
import static io.tidewatch.udfs.window.PointWindowOperatorHarnessTest.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.analytics.feature.DeviceKey;
import io.tidewatch.schemas.derived.FeatureVector;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.PointWindowSpec;
import io.tidewatch.udfs.KeyedRun;
import io.tidewatch.udfs.window.PointWindowOperatorHarnessTest.Arrival;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Windows by points with their state on the heap, where a value is an object, and on disk, where it
 * is bytes: snapshots while records wait in front of the state and in it.
 */
class PointWindowStatesHarnessTest {
  @TempDir Path folder;

  /** Where the state is kept. */
  enum Store {
    HEAP {
      @Override
      StateBackend backend(Path unused) {
        return new HashMapStateBackend();
      }
    },
    DISK {
      @Override
      StateBackend backend(Path folder) {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(false);
        backend.setDbStoragePath(folder.toAbsolutePath().toString());
        backend.getMemoryConfiguration().setUseManagedMemory(false); // a harness has none
        return backend;
      }
    };

    abstract StateBackend backend(Path folder);
  }

  private KeyedRun<DeviceKey, DeviceTelemetry, FeatureVector> start(
      Store store, PointWindowSpec spec, int maxBuffered) throws Exception {
    return new KeyedRun<>(
        operator(spec, Cleaning.NONE, maxBuffered),
        record -> new DeviceKey(record.model(), record.deviceId()),
        TypeInformation.of(DeviceKey.class),
        store.backend(folder));
  }

  @ParameterizedTest
  @EnumSource
  void aSnapshotBetweenTwoFlushesHoldsWhatWaitsOnBothSidesOfTheState(Store store) throws Exception {
    try (var run = start(store, spec(4, 4), 2)) {
      run.add(reading("d", 300, 3), 300);
      run.add(reading("d", 100, 1), 100); // the buffer is full, and goes to the state
      run.add(reading("d", 200, 2), 200);
      run.add(reading("d", 300, 3.5), 300); // again, to a time that is there
      run.add(reading("d", 400, 4), 400);
      run.restart(operator(spec(4, 4), Cleaning.NONE, 2), 1);
      run.watermark(150);
      run.add(reading("d", 150, 9), 150);
      run.add(reading("d", 250, 2.5), 250);
      run.restart(operator(spec(4, 4), Cleaning.NONE, 2), 1);
      run.watermark(Long.MAX_VALUE);

      assertThat(run.side(LATE)).extracting(record -> record.values()[0]).containsExactly(9.0);
      assertThat(run.results()).singleElement().extracting(FeatureVector::records).isEqualTo(4L);
      assertThat(run.results().get(0).features()[0]).as("1, 2, 2.5, 3").isEqualTo(2.125);
      assertThat(run.counter("tidewatch.points_dropped_total")).as("3.5 and 4").isEqualTo(2);
      assertThat(run.timers()).isZero();
    }
  }

  static Stream<Arguments> runs() {
    return Stream.of(Store.values())
        .flatMap(
            store ->
                Stream.of(spec(8, 4), spec(20, 1), spec(10, 3))
                    .flatMap(
                        spec ->
                            Stream.of(1, 7, PointWindowOperator.MAX_BUFFERED)
                                .map(buffered -> Arguments.of(store, spec, buffered))));
  }

  @ParameterizedTest(name = "{0}, {1}, buffer of {2}")
  @MethodSource("runs")
  void fromOneSubtaskToTwoAndBackKeepsEveryRow(Store store, PointWindowSpec spec, int maxBuffered)
      throws Exception {
    List<Arrival> arrivals = arrivals(maxBuffered);
    try (var uninterrupted = start(Store.HEAP, spec, PointWindowOperator.MAX_BUFFERED);
        var run = start(store, spec, maxBuffered)) {
      feed(uninterrupted, arrivals);
      uninterrupted.watermark(Long.MAX_VALUE);

      int first = whereOneWaits(arrivals, RECORDS / 3);
      int second = whereOneWaits(arrivals, 2 * RECORDS / 3);
      feed(run, arrivals.subList(0, first));
      run.restart(operator(spec, Cleaning.NONE, maxBuffered), 2);
      feed(run, arrivals.subList(first, second));
      run.restart(operator(spec, Cleaning.NONE, maxBuffered), 1);
      feed(run, arrivals.subList(second, RECORDS));
      run.watermark(Long.MAX_VALUE);

      assertThat(uninterrupted.results()).hasSizeGreaterThan(RECORDS / 20);
      assertThat(byDevice(run.results())).isEqualTo(byDevice(uninterrupted.results()));
      assertThat(run.side(LATE))
          .containsExactlyInAnyOrderElementsOf(uninterrupted.side(LATE))
          .isNotEmpty();
      for (String counter : List.of("windows_total", "late_total", "points_dropped_total")) {
        assertThat(run.counter("tidewatch." + counter))
            .as(counter)
            .isEqualTo(uninterrupted.counter("tidewatch." + counter));
      }
      assertThat(run.timers()).isZero();
    }
  }

  /** Behind the first record from there on that the watermark has not passed. */
  private static int whereOneWaits(List<Arrival> arrivals, int from) {
    int i = from;
    while (arrivals.get(i).record().eventTimeMs() <= arrivals.get(i).watermarkMs()) {
      i++;
    }
    return i + 1;
  }
}
