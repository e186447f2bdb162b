package io.tidewatch.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** The configuration of an {@link EmbeddedFlink}. */
final class EmbeddedFlinkSettings {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String REPORTER = "inprocess";

  private EmbeddedFlinkSettings() {}

  static Configuration below(Path home, Configuration overrides) {
    String tmp = home.resolve("tmp").toString();
    var settings = new Configuration();
    settings.set(RestOptions.ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    settings.set(RestOptions.PORT, 0);
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(JobManagerOptions.ADDRESS, LOOPBACK);
    settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.HOST, LOOPBACK);
    settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(BlobServerOptions.STORAGE_DIRECTORY, tmp);
    settings.set(CoreOptions.TMP_DIRS, tmp);
    settings.set(WebOptions.TMP_DIR, tmp);
    settings.set(WebOptions.UPLOAD_DIR, tmp);
    settings.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, tmp);
    // The web UI shows jobs; what runs here comes from this JVM.
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, home.resolve("checkpoints").toUri().toString());
    settings.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY, home.resolve("savepoints").toUri().toString());
    settings.addAll(overrides);
    addReporter(settings);
    return settings;
  }

  /** Beside whichever reporters the overrides name: an empty list means all that are configured. */
  private static void addReporter(Configuration settings) {
    settings.setString(
        "metrics.reporter." + REPORTER + ".factory.class", InProcessMetricsFactory.class.getName());
    String named = settings.get(MetricOptions.REPORTERS_LIST);
    if (named != null && !named.isBlank()) {
      var names = new ArrayList<>(List.of(named.split(",")));
      names.add(REPORTER);
      settings.set(MetricOptions.REPORTERS_LIST, String.join(",", names));
    }
  }
}
