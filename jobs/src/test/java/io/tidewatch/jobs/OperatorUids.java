package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/** Operator ids of jobs, sorted: those there are, and those that are promised. */
public final class OperatorUids {
  private OperatorUids() {}

  /** Of a job. */
  public static List<String> of(StreamGraph graph) {
    return graph.getStreamNodes().stream().map(StreamNode::getTransformationUID).sorted().toList();
  }

  /** Of checked-in lists, by name. */
  public static List<String> promised(String... lists) throws IOException {
    List<String> promised = new ArrayList<>();
    for (String list : lists) {
      try (var in = OperatorUids.class.getResourceAsStream("/uids/" + list + ".txt")) {
        new String(in.readAllBytes(), UTF_8).lines().forEach(promised::add);
      }
    }
    Collections.sort(promised);
    return promised;
  }
}
