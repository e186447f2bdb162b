package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.OperatorUids;
import io.tidewatch.jobs.config.YamlLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetUidsTest {
  @TempDir Path folder;

  @Test
  void theJobKeepsItsOperatorIds() throws IOException {
    DatasetSpace space = new DatasetSpace(folder);
    DatasetFiles files =
        DatasetFiles.load(
            new YamlLoader(Map.<String, String>of()::get), space.config(""), Map.of());
    StreamExecutionEnvironment env = DatasetSpace.environment(1);
    DatasetJob.build(
        env,
        files,
        files.open(),
        FeatureColumns.of(files.model(), files.labelRule()),
        folder.resolve("staged"));
    StreamGraph graph = env.getStreamGraph();
    graph.getJobGraph(); // fails when an operator has no uid
    assertThat(OperatorUids.of(graph)).isEqualTo(OperatorUids.promised("dataset"));
  }
}
