package io.tidewatch.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a target: its seeds, then what its mutator makes of them and of every input whose outcome
 * was new. The same target, seed and number of inputs are the same run.
 *
 * <p>Held against each input, beside what the target promises: no {@link StackOverflowError} on a
 * small stack, no {@link OutOfMemoryError}, and no more memory asked for than {@value
 * #BASE_ALLOCATION} bytes and {@value #ALLOCATION_A_BYTE} for each byte of the input, however large
 * the lengths it names; and no more than a minute of a processor. That is work, which no clock of a
 * busy machine falsifies.
 */
public final class Fuzzer {
  static final long BASE_ALLOCATION = 24L << 20;
  static final long ALLOCATION_A_BYTE = 4_096;

  /** A quarter of what a thread has by default: nobody's recursion may come close. */
  private static final long STACK_BYTES = 256 << 10;

  private static final Duration HANGS_AFTER = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Inputs that further ones are made of. */
  private static final int MOST_OTHERS = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final FuzzTarget target;
  private final Random random;
  private final Duration hangsAfter;
  private final FuzzTally tally = new FuzzTally();
  private volatile @Nullable Read now;
  private volatile @Nullable Throwable ended;

  /** An input that is being read since its thread had so much of a processor. */
  private record Read(long sinceCpuNs, byte[] input) {}

  private Fuzzer(FuzzTarget target, long seed, Duration hangsAfter) {
    this.target = target;
    this.hangsAfter = hangsAfter;
    this.random = new Random(seed * 31 + target.name().hashCode());
  }

  /**
   * Feeds the target.
   *
   * @param goOn whether to, after so many inputs
   */
  public static FuzzTally run(FuzzTarget target, long seed, LongPredicate goOn) {
    return run(target, seed, goOn, HANGS_AFTER);
  }

  static FuzzTally run(FuzzTarget target, long seed, LongPredicate goOn, Duration hangsAfter) {
    Fuzzer fuzzer = new Fuzzer(target, seed, hangsAfter);
    return fuzzer.supervised(() -> fuzzer.feed(goOn));
  }

  /** Feeds the target with one input. */
  public static FuzzTally once(FuzzTarget target, byte[] input) {
    Fuzzer fuzzer = new Fuzzer(target, 0, HANGS_AFTER);
    return fuzzer.supervised(() -> fuzzer.judge(input));
  }

  private FuzzTally supervised(Runnable feeding) {
    Thread worker = new Thread(null, feeding, "fuzz " + target.name(), STACK_BYTES);
    worker.setDaemon(true);
    worker.setUncaughtExceptionHandler((thread, thrown) -> ended = thrown);
    worker.start();
    try {
      while (worker.isAlive()) {
        worker.join(LOOK_EVERY.toMillis());
        Read read = now;
        if (read != null
            && threads.getThreadCpuTime(worker.getId()) - read.sinceCpuNs()
                > hangsAfter.toNanos()) {
          FuzzTally hung = new FuzzTally();
          String what = "goes on after " + hangsAfter;
          hung.isNewFailure(what);
          hung.add(new FuzzFailure(what, read.input()));
          return hung;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + target.name() + " is fuzzed", e);
    }
    if (ended != null) {
      throw new IllegalStateException(
          "inputs of %s cannot be made".formatted(target.name()), ended);
    }
    return tally;
  }

  private void feed(LongPredicate goOn) {
    List<byte[]> accepted = new ArrayList<>(target.seeds());
    List<byte[]> others = new ArrayList<>(target.seeds());
    for (byte[] seed : target.seeds()) {
      attempt(seed); // what is loaded and made once is not the cost of an input
      long before = tally.accepted();
      judge(seed);
      if (tally.accepted() == before) {
        tally.add(new FuzzFailure("a seed must be accepted, was not", seed));
      }
    }
    while (goOn.test(tally.inputs())) {
      List<byte[]> of = random.nextInt(4) > 0 ? accepted : others;
      byte[] from = of.get(random.nextInt(of.size()));
      byte[] input = target.mutator().mutate(from, others, random);
      long before = tally.accepted();
      if (judge(input)) {
        keep(input, tally.accepted() > before ? accepted : others);
      }
    }
  }

  private void keep(byte[] input, List<byte[]> in) {
    if (in.size() < MOST_OTHERS) {
      in.add(input);
    } else {
      in.set(random.nextInt(in.size()), input);
    }
  }

  /** Counts what becomes of an input; whether that is new. */
  private boolean judge(byte[] input) {
    Attempt attempt = attempt(input);
    Outcome outcome = attempt.outcome();
    if (outcome != null) {
      return tally.add(outcome);
    }
    if (tally.isNewFailure(attempt.failure())) {
      tally.add(new FuzzFailure(attempt.failure(), shortened(input, attempt.failure())));
    }
    return false;
  }

  /** What came of it: an outcome, or what is wrong. */
  private record Attempt(@Nullable Outcome outcome, String failure) {}

  private Attempt attempt(byte[] input) {
    now = new Read(threads.getCurrentThreadCpuTime(), input);
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      Outcome outcome = target.reading().read(input.clone());
      long asked = threads.getCurrentThreadAllocatedBytes() - before;
      return asked > BASE_ALLOCATION + ALLOCATION_A_BYTE * input.length
          ? new Attempt(null, "asks for too much memory")
          : new Attempt(outcome, "");
    } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError broken) {
      return new Attempt(null, FuzzFailure.describe(broken));
    } finally {
      now = null;
    }
  }

  /** Parts taken out as long as the same is wrong. */
  private byte[] shortened(byte[] input, String failure) {
    byte[] shortest = input;
    for (int part = Math.max(1, input.length / 2); part > 0; part /= 2) {
      for (int at = 0; at + part <= shortest.length; ) {
        byte[] tried = ByteMutator.spliced(shortest, at, at + part, new byte[0]);
        if (attempt(tried).failure().equals(failure)) {
          shortest = tried;
        } else {
          at += part;
        }
      }
    }
    return shortest;
  }
}
