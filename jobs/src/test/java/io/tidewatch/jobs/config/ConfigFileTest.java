package io.tidewatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigFileTest {

  @Test
  void handsTheNamedFileToTheJob() throws Exception {
    List<Path> files = new ArrayList<>();
    ConfigFile.run(new String[] {"--config", "a/b.yaml"}, (loader, file) -> files.add(file));
    assertThat(files).containsExactly(Path.of("a/b.yaml").toAbsolutePath());
  }

  @Test
  void refusesOtherArgumentsInOneLine() {
    for (String[] args :
        new String[][] {{}, {"--config"}, {"--conf", "x"}, {"--config", "x", "y\nz"}}) {
      assertThatThrownBy(() -> ConfigFile.run(args, (loader, file) -> {}))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("arguments: must be --config FILE, was '")
          .hasMessageNotContaining("\n");
    }
  }
}
