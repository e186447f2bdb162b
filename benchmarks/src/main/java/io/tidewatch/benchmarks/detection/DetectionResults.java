package io.tidewatch.benchmarks.detection;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that was found out.
 *
 * @param nab null where there are no such data, and so are the others
 * @param engines names of the forests, in the order of {@link AdbenchResult#areas}
 */
record DetectionResults(
    @Nullable NabResults nab,
    @Nullable List<AsdResult> asd,
    @Nullable List<AdbenchResult> adbench,
    @Nullable NormalResults normal,
    List<String> engines) {

  Optional<NabResults> ofNab() {
    return Optional.ofNullable(nab);
  }

  Optional<List<AsdResult>> ofAsd() {
    return Optional.ofNullable(asd);
  }

  Optional<List<AdbenchResult>> ofAdbench() {
    return Optional.ofNullable(adbench);
  }

  Optional<NormalResults> ofNormal() {
    return Optional.ofNullable(normal);
  }
}
