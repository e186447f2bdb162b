package io.tidewatch.testkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The labelled real telemetry that lies beside a developer's checkout; {@code -Dtidewatch.data=DIR}
 * names another place. Where it is absent, a test that asks for it is skipped with a message; under
 * {@code CI=true} it fails.
 */
public final class RealTelemetry {
  private RealTelemetry() {}

  /** The file or folder, for example {@code asd/omi-1_test.csv}; ends the test where it is not. */
  public static Path present(String relative) {
    Path file = Path.of(System.getProperty("tidewatch.data", "../../shared/data"), relative);
    if (Files.exists(file)) {
      return file;
    }
    String message =
        "no real telemetry at "
            + file.toAbsolutePath().normalize()
            + "; -Dtidewatch.data=DIR names another place";
    if ("true".equals(System.getenv("CI"))) {
      return fail(message);
    }
    System.err.println("skipped: " + message);
    return abort(message);
  }
}
