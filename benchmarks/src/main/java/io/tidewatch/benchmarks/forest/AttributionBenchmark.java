package io.tidewatch.benchmarks.forest;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Which features it was, by those that say so. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // set by JMH and setUp()
public class AttributionBenchmark {

  @Param({"TIDEWATCH", "RANDOM_CUT"})
  public ForestKind forest;

  private double[][] asked;
  private AnomalyScorer scorer;
  private int next;

  @Setup
  public void setUp() {
    asked = BenchmarkRows.of(2);
    scorer = forest.grow(BenchmarkRows.of(1), 1);
  }

  /** Of one row. */
  @Benchmark
  public Object attribution() {
    next = next + 1 == asked.length ? 0 : next + 1;
    return scorer.attribution(asked[next]);
  }
}
