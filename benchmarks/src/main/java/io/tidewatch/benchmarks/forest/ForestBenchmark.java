package io.tidewatch.benchmarks.forest;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a detector does with a forest: grow it, score a row, score many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH and setUp()
public class ForestBenchmark {

  @Param public ForestKind forest;

  private double[][] training;
  private double[][] asked;
  private AnomalyScorer scorer;
  private int next;

  @Setup
  public void setUp() {
    training = BenchmarkRows.of(1);
    asked = BenchmarkRows.of(2);
    scorer = forest.grow(training, 1);
  }

  /** From a thousand rows of nine features. */
  @Benchmark
  public Object fit() {
    return forest.grow(training, ++next);
  }

  /** One row. */
  @Benchmark
  public double score() {
    next = next + 1 == asked.length ? 0 : next + 1;
    return scorer.score(asked[next]);
  }

  /** A row among a thousand. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkRows.ROWS)
  public double[] scores() {
    return scorer.scores(asked);
  }
}
