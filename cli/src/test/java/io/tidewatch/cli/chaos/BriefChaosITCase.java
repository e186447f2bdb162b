package io.tidewatch.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The short selection of {@code tidewatch chaos}: TaskManagers are killed and the database is
 * stopped while input arrives. Nothing in it is held against a clock, but for timeouts that are far
 * away.
 */
class BriefChaosITCase {
  private static final Path ROOT =
      Path.of(System.getProperty("tidewatch.root", "..")).toAbsolutePath().normalize();

  /**
   * A kill right behind a checkpoint leaves no trace, which says nothing; hardly ever do two of
   * them, and never all of these.
   */
  private static final int SEEDS = 4;

  @Test
  void killsAndAnOutageLoseNothingAndInventNothing() throws Exception {
    ChaosResult result = run(1);
    for (int seed = 2; seed <= SEEDS && result.verdict() == Verdict.NOT_TESTED; seed++) {
      result = run(seed);
    }

    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result.faults()).isEqualTo(Scenario.BRIEF.usualFaults());
    assertThat(result.rewrites() + result.repeatedAlerts()).isPositive();
    assertThat(result.rows().wanted()).isGreaterThan(1_000);
    assertThat(result.rows().isExact()).isTrue();
    assertThat(result.alerts().wanted()).isGreaterThanOrEqualTo(2);
    assertThat(result.alerts().isExact()).isTrue();
    assertThat(result.people().events().wanted()).isPositive();
    assertThat(result.people().events().isExact()).isTrue();
  }

  private static ChaosResult run(long seed) throws Exception {
    // Stays for whoever wants to see why it failed: the logs of the processes.
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chaos-");
    ChaosResult result =
        new ChaosRun(
                Scenario.BRIEF,
                seed,
                Scenario.BRIEF.usualFaults(),
                8_000,
                ChaosCommand.deployment(ROOT),
                System.err::println)
            .run(folder);
    assertThat(result.problems()).as("see %s", folder).isEmpty();
    return result;
  }
}
