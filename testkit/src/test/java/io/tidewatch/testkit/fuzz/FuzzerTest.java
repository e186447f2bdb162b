package io.tidewatch.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The fuzzer finds what it is there for, and the same again. */
class FuzzerTest {
  private static final Mutator BYTES = new ByteMutator();

  @Test
  void findsEachWayToBreakAPromiseAndShortensIt() {
    FuzzTally tally =
        run(
            input -> {
              for (int i = 0; i + 1 < input.length; i++) {
                if (input[i] == 'x') {
                  throw new IllegalStateException("of a reader");
                }
              }
              return outcome(input);
            });

    assertThat(tally.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.what()).startsWith("IllegalStateException"))
        .satisfies(failure -> assertThat(failure.input()).hasSize(2).startsWith('x'));
    assertThat(tally.failed()).isPositive();
    assertThat(tally.inputs()).isEqualTo(tally.accepted() + tally.refused() + tally.failed());
  }

  @Test
  void findsErrorsThatNobodyCatches() {
    assertThat(run(input -> deep(input, 0)).failures())
        .extracting(FuzzFailure::what)
        .anyMatch(what -> what.startsWith("StackOverflowError"));
    assertThat(run(input -> outcome(new byte[input.length > 6 ? Integer.MAX_VALUE : 1])).failures())
        .extracting(FuzzFailure::what)
        .anyMatch(what -> what.startsWith("OutOfMemoryError"));
  }

  @Test
  void findsMemoryThatNoInputIsWorth() {
    FuzzTarget target = target(input -> outcome(new byte[(int) Fuzzer.BASE_ALLOCATION * 2]));
    assertThat(Fuzzer.once(target, new byte[3]).failures())
        .extracting(FuzzFailure::what)
        .containsExactly("asks for too much memory");
  }

  @Test
  void findsInputsThatGoOnForEverButNotThoseThatWait() {
    AtomicBoolean over = new AtomicBoolean();
    Duration hangsAfter = Duration.ofMillis(200);
    FuzzTarget spins =
        target(
            input -> {
              while (!over.get()) {
                Thread.onSpinWait();
              }
              return outcome(input);
            });
    FuzzTally hung = Fuzzer.run(spins, 1, inputs -> false, hangsAfter);
    over.set(true);
    assertThat(hung.failures())
        .extracting(FuzzFailure::what)
        .containsExactly("goes on after PT0.2S");
    assertThat(hung.failed()).isEqualTo(1);

    FuzzTarget waits =
        target(
            input -> {
              LockSupport.parkNanos(hangsAfter.multipliedBy(8).toNanos());
              return outcome(input);
            });
    assertThat(Fuzzer.run(waits, 1, inputs -> false, hangsAfter).failures()).isEmpty();
  }

  @Test
  void doesTheSameAgainWithTheSameSeed() {
    FuzzTarget.Reading reading = FuzzerTest::outcome;
    assertThat(run(reading).reasons()).isEqualTo(run(reading).reasons());
    FuzzTarget target = target(reading);
    assertThat(Fuzzer.run(target, 2, inputs -> inputs < 2_000).reasons())
        .isNotEqualTo(run(reading).reasons());
  }

  @Test
  void aSeedThatIsRefusedIsAMistakeOfTheTarget() {
    FuzzTally tally = run(input -> Outcome.refused("never"));
    assertThat(tally.failures())
        .extracting(FuzzFailure::what)
        .containsExactly("a seed must be accepted, was not");
  }

  @Test
  void aCodecMayOnlyThrowIoExceptionsOfOneLine() {
    assertThat(
            run(Readings.ofCodec(
                    input -> {
                      if (input.length < 4) {
                        throw new IOException("two\nlines");
                      }
                      return input;
                    },
                    value -> value))
                .failures())
        .extracting(FuzzFailure::what)
        .containsExactly("a refusal must be one plain line, has U+000A");
    assertThat(
            run(Readings.ofCodec(input -> input.length, value -> new byte[value + 1])).failures())
        .extracting(FuzzFailure::what)
        .contains("what was read is written as bytes that give others");
  }

  @Test
  void aTextKeepsTheShapeOfItsLanguage() {
    String json = "{\"a\":1,\"b\":[\"c\",2.5e3]}";
    Mutator mutator = new TextMutator(List.of("\"d\":null,"));
    FuzzTarget target =
        new FuzzTarget(
            "text",
            List.of(json.getBytes(UTF_8)),
            mutator,
            input -> new Outcome(true, "accepted", new String(input, UTF_8)));
    FuzzTally tally = Fuzzer.run(target, 1, inputs -> inputs < 500);
    assertThat(tally.kinds()).as("different texts").isGreaterThan(300);
  }

  private static Outcome outcome(byte[] input) {
    return input.length < 6 ? Outcome.refused("short " + input.length) : Outcome.accepted(input);
  }

  private static Outcome deep(byte[] input, int depth) {
    return input.length == 8 ? outcome(input) : deep(input, depth + 1);
  }

  private static FuzzTally run(FuzzTarget.Reading reading) {
    return Fuzzer.run(target(reading), 1, inputs -> inputs < 2_000);
  }

  private static FuzzTarget target(FuzzTarget.Reading reading) {
    return new FuzzTarget("test", List.of("seed 123".getBytes(UTF_8)), BYTES, reading);
  }
}
