package io.tidewatch.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostFolderTest {
  @TempDir Path parent;

  private Path path;
  private LostFolder folder;

  @BeforeEach
  void start() {
    path = parent.resolve("checkpoints");
    folder = new LostFolder("checkpoints", path);
    folder.start();
  }

  @Test
  void frozenNothingInItCanBeReadAndThawedAllIsThere() throws Exception {
    Files.writeString(path.resolve("state"), "precious");

    folder.freeze();

    assertThat(path).isRegularFile();
    assertThat(Files.exists(path.resolve("state"))).isFalse();
    folder.thaw();
    assertThat(path.resolve("state")).hasContent("precious");
  }

  @Test
  void nobodySeesItDeadWhileItIsFrozenAndThawed() {
    CompletableFuture<Void> rounds =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 500; i++) {
                folder.freeze();
                folder.thaw();
              }
            });

    int deaths = 0;
    while (!rounds.isDone()) {
      deaths += folder.isAlive() ? 0 : 1;
    }

    rounds.join();
    assertThat(deaths).isZero();
  }

  @Test
  void canBeNeitherKilledNorStopped() {
    assertThatThrownBy(folder::kill)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("checkpoints cannot be killed");
    assertThatThrownBy(folder::stop)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("checkpoints cannot be stopped, it can be frozen");
    assertThat(path).isDirectory();
  }
}
