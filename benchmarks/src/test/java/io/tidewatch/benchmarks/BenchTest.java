package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BenchTest {

  @Test
  void takesTheCommandLineThatTheLauncherHandsOn() {
    StringWriter usage = new StringWriter();

    int exit = Bench.command().setOut(new PrintWriter(usage)).execute("bench", "--help");

    assertThat(exit).isZero();
    assertThat(usage.toString())
        .contains(
            "windows",
            "sketches",
            "forest",
            "decode",
            "pipeline",
            "keys",
            "features",
            "detection",
            "retrain",
            "alerts");
  }

  @Test
  void quickFiguresNeverReplaceResults() {
    assertThat(OutputFolder.of(null, false)).endsWithRaw(Path.of("docs", "benchmarks"));
    assertThat(OutputFolder.of(null, true)).endsWithRaw(Path.of("benchmarks", "target", "quick"));
    assertThat(OutputFolder.of(Path.of("here"), true)).isEqualTo(Path.of("here"));
  }
}
