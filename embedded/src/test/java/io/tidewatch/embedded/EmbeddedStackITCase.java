package io.tidewatch.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackITCase {
  @TempDir Path dir;

  @Test
  void startsAllThreeSideBySideAndLeavesNothing() {
    var stack = EmbeddedStack.start(dir, 1, new Configuration(), Map.of());
    try (stack) {
      assertThat(stack.took().total()).isGreaterThanOrEqualTo(stack.took().kafka());
    }
    Leftovers.assertNobodyListens(stack.kafka().bootstrapServers());
    Leftovers.assertNobodyListens(URI.create(stack.flink().webUrl()).getAuthority());
    assertThat(Leftovers.processesOf(dir)).isEmpty();
  }

  @Test
  void closesTheOthersAndThrowsTheCauseWhenOneDoesNotStart() throws Exception {
    Files.createDirectories(dir.resolve("postgres/binaries/bin"));

    assertThatThrownBy(() -> EmbeddedStack.start(dir, 1, new Configuration(), Map.of()))
        .hasStackTraceContaining("initdb");
    assertThat(Leftovers.processesOf(dir)).isEmpty();
    // Kafka's directory is free again.
    EmbeddedKafka.start(dir.resolve("kafka")).close();
  }
}
