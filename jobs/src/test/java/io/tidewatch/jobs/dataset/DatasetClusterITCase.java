package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.JobSpace;
import io.tidewatch.testkit.FlinkProcesses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data set job of the shaded jar, submitted with {@code flink run} to a JobManager and two
 * TaskManagers that are processes of their own, with the cluster's configuration that users run.
 */
class DatasetClusterITCase {
  private static final Path JAR =
      Path.of("target", "tidewatch-jobs-" + System.getProperty("tidewatch.version") + ".jar");

  @TempDir Path folder;

  @Test
  void aClusterWritesTheBytesThatOneProcessWrites() throws Exception {
    DatasetSpace space = new DatasetSpace(folder);
    String yaml = "label: {field: label, of_window: any}\nnormalisation: {method: z_score}\n";
    space.run(yaml);
    Map<String, byte[]> here = space.files("out");

    try (FlinkProcesses cluster =
        FlinkProcesses.start(
            JobSpace.shipped("../testkit/flink-lib/target/lib"),
            JobSpace.shipped("."),
            Files.createTempDirectory(Path.of("target").toAbsolutePath(), "cluster-"),
            2)) {
      cluster.runAttached(
          JAR,
          DatasetJob.class.getName(),
          "--config",
          space.config(yaml).toString(),
          "--target",
          space.file("clustered").toString());
    }

    Map<String, byte[]> there = space.files("clustered");
    assertThat(takeStatistics(there)).isEqualTo(takeStatistics(here));
    assertThat(here).hasSizeGreaterThan(4);
    assertThat(there).usingRecursiveComparison().isEqualTo(here);
  }

  /** All but when the set was made, which differs. */
  private static String takeStatistics(Map<String, byte[]> files) {
    return new String(files.remove("_stats.json"), StandardCharsets.UTF_8)
        .replaceFirst("\"created_at\"\\s*:\\s*\"[^\"]*\"", "");
  }
}
