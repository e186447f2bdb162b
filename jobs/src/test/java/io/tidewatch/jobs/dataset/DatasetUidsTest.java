package io.tidewatch.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.jobs.config.YamlLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
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
    try (var in = DatasetUidsTest.class.getResourceAsStream("/uids/dataset.txt")) {
      List<String> promised =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(graph.getStreamNodes().stream().map(StreamNode::getTransformationUID).sorted())
          .containsExactlyElementsOf(promised);
    }
  }
}
