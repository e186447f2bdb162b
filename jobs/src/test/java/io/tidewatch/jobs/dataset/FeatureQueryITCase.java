package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.jobs.config.ConfigException;
import io.tidewatch.jobs.config.YamlLoader;
import io.tidewatch.schemas.dataset.FeatureMatrix;
import io.tidewatch.schemas.dataset.FeatureSummary;
import io.tidewatch.schemas.dataset.LabelledVector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of the rows of a data set; against its files they are held by the command's test. */
class FeatureQueryITCase {
  @TempDir Path folder;
  private DatasetSpace space;

  @BeforeEach
  void makeReadings() {
    space = new DatasetSpace(folder);
  }

  private FeatureQuery query(String yaml) {
    return new FeatureQuery(
        DatasetSpace.environment(2),
        new YamlLoader(Map.<String, String>of()::get),
        space.config(yaml),
        Map.of(),
        Clock.fixed(Instant.parse("2026-04-01T00:00:00Z"), ZoneOffset.UTC));
  }

  @Test
  void windowsByPointsOfOneDeviceAreInTheirOrderWithoutTheFieldThatIsTheLabel() throws Exception {
    space.write(
        "readings.csv", DatasetSpace.readings().replaceFirst("heat,label", "temperature,heat"));

    FeatureMatrix matrix =
        query(
                """
                source: {files: {paths: [readings.csv]}}
                label: {field: heat, of_window: majority}
                devices: [press-1]
                window: {size: 100 points, overlap: 0.4}
                """)
            .extract(1_000);

    assertThat(matrix.names())
        .containsExactly(
            "force_mean",
            "force_std",
            "force_min",
            "force_max",
            "force_last",
            "force_missing_ratio",
            "force_imputed_ratio",
            "force_outlier_ratio");
    assertThat(matrix.metadata().overlap()).isEqualTo(0.4);
    assertThat(matrix.metadata().records()).isEqualTo(DatasetSpace.SECONDS);
    assertThat(matrix.metadata().origin().devices()).containsExactly("press-1");
    assertThat(matrix.rows()).extracting(LabelledVector::label).contains("0", "1");
    assertThat(matrix.rows())
        .extracting(row -> row.vector().windowEndMs())
        .isSorted()
        .hasSize((DatasetSpace.SECONDS - 100) / 60 + 1);
  }

  @Test
  void whatBecameKnownLaterIsNotInTheStatistics() throws Exception {
    FeatureSummary summary =
        query("as_of: 2026-03-01T23:52:00Z\nnormalisation: {method: z_score}\n").stats();

    // Of 3 devices, a window each 5 s; the last readings were known 2 s after their time.
    assertThat(summary.metadata().origin().to())
        .isBeforeOrEqualTo(Instant.parse("2026-03-01T23:52:00Z"));
    assertThat(summary.metadata().records()).isLessThanOrEqualTo(3 * 120).isGreaterThan(3 * 110);
    assertThat(summary.classes().rows()).isEqualTo(summary.metadata().windows());
    // Raw, not scaled.
    assertThat(summary.features().get("force_mean").mean()).isBetween(300.0, 500.0);
    assertThat(space.names()).containsExactly("dataset.yaml", "models", "readings.csv");
  }

  @Test
  void moreWindowsThanAreAllowedAreRefusedNamingBothNumbers() {
    assertThatThrownBy(() -> query("devices: [press-1]\n").extract(240))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("dataset.yaml: --max-rows: must be ≥ the windows of the range (241)")
        .hasMessageContaining("was 240;");
  }
}
