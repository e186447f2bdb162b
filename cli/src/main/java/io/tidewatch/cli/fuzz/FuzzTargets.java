package io.tidewatch.cli.fuzz;

import io.tidewatch.testkit.fuzz.FuzzTarget;
import java.util.List;
import java.util.stream.Stream;

/** All there is to be fuzzed. */
final class FuzzTargets {
  private static final List<FuzzTarget> ALL =
      Stream.of(MessageTargets.all(), ModelTargets.all(), StateTargets.all(), RuleTargets.all())
          .flatMap(List::stream)
          .toList();

  private FuzzTargets() {}

  static List<FuzzTarget> all() {
    return ALL;
  }

  /**
   * @throws IllegalArgumentException when none has that name
   */
  static FuzzTarget named(String name) {
    return ALL.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "name: must be one of %s, was %s".formatted(names(), name)));
  }

  static List<String> names() {
    return ALL.stream().map(FuzzTarget::name).toList();
  }
}
