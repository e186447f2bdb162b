package io.tidewatch.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell that counts its starts and its seconds in the place of a server. */
class SupervisorITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final Supervisor supervisor = new Supervisor();

  @AfterEach
  void closeSupervisor() {
    supervisor.close();
  }

  @Test
  void serverThatWasKilledComesBackAndItsDeathWasWanted() {
    ServerProcess server = server("server");
    supervisor.watch(server);
    awaitStarts(1);

    supervisor.kill("server");

    awaitStarts(2);
    assertThat(server.isAlive()).isTrue();
    assertThat(supervisor.unwantedDeaths()).isEmpty();
  }

  @Test
  void serverThatDiesByItselfComesBackAndIsCounted() {
    ServerProcess server = server("server");
    supervisor.watch(server);
    awaitStarts(1);

    server.kill();

    awaitStarts(2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(supervisor.unwantedDeaths()).containsEntry("server", 1));
  }

  @Test
  void serverThatNeverComesUpIsNoDeathOfAServer() {
    supervisor.watch(
        new ServerProcess(
            "server", List.of("sh", "-c", "echo start"), folder.resolve("log"), "tick"));

    await().atMost(PATIENCE).until(() -> supervisor.failedStarts() >= 2);

    assertThat(supervisor.unwantedDeaths()).isEmpty();
  }

  @Test
  void stoppedServerStaysDownUntilItIsReleased() {
    ServerProcess server = server("server");
    supervisor.watch(server);
    awaitStarts(1);

    supervisor.stop("server");

    await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> !server.isAlive());
    supervisor.release("server");
    awaitStarts(2);
    assertThat(supervisor.unwantedDeaths()).isEmpty();
  }

  @Test
  void frozenServerDoesNothingAndGoesOnWhereItWas() throws Exception {
    ServerProcess server = server("server");
    supervisor.watch(server);
    awaitStarts(1);

    supervisor.freeze("server");

    assertThat(server.isAlive()).isTrue();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              int before = ticks();
              await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
              return ticks() == before;
            });
    int frozenAt = ticks();
    supervisor.thaw("server");
    await().atMost(PATIENCE).until(() -> ticks() > frozenAt);
    assertThat(starts()).isEqualTo(1);
  }

  @Test
  void closesFrozenServersToo() {
    ServerProcess server = server("server");
    supervisor.watch(server);
    awaitStarts(1);
    supervisor.freeze("server");

    supervisor.close();

    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void nameIsGivenOnce() {
    supervisor.watch(server("server"));

    ServerProcess namesake = server("server");
    assertThatThrownBy(() -> supervisor.watch(namesake))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: must be unique, was twice server");
    namesake.close();
    assertThatThrownBy(() -> supervisor.kill("nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: must be one of [server], was nobody");
  }

  private ServerProcess server(String name) {
    return new ServerProcess(
        name,
        List.of("sh", "-c", "echo start; while :; do echo tick; sleep 0.1; done"),
        folder.resolve("log"),
        "tick");
  }

  private void awaitStarts(int count) {
    await().atMost(PATIENCE).until(() -> starts() >= count && ticks() > 0);
  }

  private int starts() throws Exception {
    return count("start");
  }

  private int ticks() throws Exception {
    return count("tick");
  }

  private int count(String line) throws Exception {
    Path log = folder.resolve("log");
    return Files.exists(log)
        ? (int) Files.readAllLines(log).stream().filter(line::equals).count()
        : 0;
  }
}
