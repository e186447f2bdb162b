package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** House rules that only show in the sources. */
class SourceTreeTest {
  private static final int MAX_LINES = 300;

  @Test
  void seesTheRooms() {
    assertThat(SourceTree.mainClasses().stream().map(SourceTree::relative))
        .anyMatch(path -> path.startsWith("schemas/src/main/java/"))
        .anyMatch(path -> path.startsWith("udfs/src/main/java/"))
        .anyMatch(path -> path.startsWith("cli/src/main/java/"))
        .hasSizeGreaterThan(100);
  }

  @Test
  void eachPackageSaysWhatItIs() {
    assertThat(SourceTree.mainClasses())
        .allSatisfy(
            file ->
                assertThat(file.resolveSibling("package-info.java"))
                    .as("package of %s", SourceTree.relative(file))
                    .matches(Files::isRegularFile, "is there"));
  }

  @Test
  void noClassIsLongerThanAReaderFollows() {
    List<String> tooLong =
        SourceTree.mainClasses().stream()
            .filter(file -> SourceTree.lines(file).size() > MAX_LINES)
            .map(file -> SourceTree.relative(file) + ": " + SourceTree.lines(file).size())
            .toList();
    assertThat(tooLong).as("classes over %d lines", MAX_LINES).isEmpty();
  }

  @Test
  void noTestSleeps() {
    String forbidden = "Thread" + ".sleep(";
    assertThat(SourceTree.allClasses().stream().filter(file -> holds(file, forbidden)))
        .map(SourceTree::relative)
        .isEmpty();
  }

  private static boolean holds(Path file, String text) {
    return SourceTree.lines(file).stream().anyMatch(line -> line.contains(text));
  }
}
