package io.tidewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code tidewatch}. */
class LauncherTest {
  private static final Path ROOT =
      Path.of(System.getProperty("tidewatch.root", "..")).toAbsolutePath().normalize();

  @TempDir Path home;

  /** A JVM that is told options by the environment says so before its version. */
  @Test
  void findsTheVersionOfJavaBehindWhatElseItSays() throws Exception {
    Path java = home.resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo 'Picked up JAVA_TOOL_OPTIONS: -Dsome=option' >&2
        echo 'openjdk version "11.0.20" 2023-07-18' >&2
        echo 'OpenJDK Runtime Environment' >&2
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    ProcessBuilder told =
        new ProcessBuilder(ROOT.resolve("tidewatch").toString(), "--version")
            .redirectErrorStream(true);
    told.environment().put("JAVA_HOME", home.toString());

    Process process = told.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said)
        .isEqualTo(
            "tidewatch: needs Java 17 or newer on the PATH or in JAVA_HOME, found 11"
                + System.lineSeparator());
    assertThat(process.exitValue()).isEqualTo(1);
  }
}
