package io.tidewatch.analytics.detect;

import io.tidewatch.analytics.decide.Cooldown;
import io.tidewatch.analytics.window.Varint;
import io.tidewatch.schemas.derived.Suppression;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges the rows of one numeric series as they come. A row is judged by the rows before it alone,
 * so a judgement never changes, and the same rows, settings and seed give the same judgements.
 *
 * <p>Two detectors that know little of each other are asked, and both must be surprised ({@link
 * Surprise}). One asks whether such a row has been seen before, in many views at once ({@link
 * FamiliarityForest}, {@link Novelty#gap}). The other asks whether it was to be expected now: it
 * forecasts the row from a learnt season, and looks how unlike the residuals of late this one is
 * ({@link ResidualForest}), or how far beyond all before ({@link Novelty#excess}). What goes on is
 * told once ({@link Cooldown}).
 *
 * <p>A missing value ({@code NaN}, infinite, or beyond ±{@value #MOST}) is counted, keeps its place
 * in the season, and changes nothing else. Time is only used to learn how many rows a day has.
 *
 * <p>Not for several threads. Memory is bounded, whatever comes.
 */
public final class SeriesDetector {
  /** Values further from 0 than any unit of measure needs; their squares must be finite. */
  public static final double MOST = 1e30;

  /**
   * Mean absolute errors from the forecast to the bounds: errors of a normal distribution, whose
   * deviation is 1.25 mean absolute errors, lie within in 999 of 1,000 rows.
   */
  private static final double BOUNDS = 4.1;

  /** How often what was not seen for long is looked for, in parts of the memory. */
  private static final int FORGETS = 8;

  private final DetectorSettings settings;
  private final long seed;
  private final SeriesViews views = new SeriesViews(SeriesViews.VIEWS);
  private final Novelty novelty = new Novelty();
  private final FamiliarityForest familiarity;
  private final ResidualForest residuals;
  private final Surprise surprise;
  private final double[] isolation = new double[SeriesViews.VIEWS.size()];
  private Cooldown cooldown;
  private long missing;
  private long apart;

  private SeriesDetector(DetectorSettings settings, long seed) {
    this.settings = settings;
    this.seed = seed;
    this.familiarity =
        new FamiliarityForest(
            isolation.length, settings.treesPerView(), settings.nodesPerTree(), seed);
    this.residuals = new ResidualForest(seed);
    this.surprise = new Surprise(settings.votes());
    this.cooldown = new Cooldown(settings.cooldownRows());
  }

  /** A detector that has seen nothing yet. */
  public static SeriesDetector create(DetectorSettings settings, long seed) {
    return new SeriesDetector(settings, seed);
  }

  /**
   * Judges the next row, then learns it; it shares no reading with those before.
   *
   * @param timeMs event time
   * @param value {@code NaN} where it is missing
   */
  public Judgement next(long timeMs, double value) {
    return next(timeMs, value, true);
  }

  /**
   * Judges the next row, then learns it. Rows that share readings, as windows that overlap do, are
   * seen each, but for warm-up and cooldown they count as one: a hundred of them are no more of the
   * world than the ten that stand apart.
   *
   * @param standsApart whether it shares none with the last row that did
   */
  public Judgement next(long timeMs, double value, boolean standsApart) {
    if (isMissing(value)) {
      missing++;
      views.addMissing();
      return judgement(0, 0, null);
    }
    apart += standsApart ? 1 : 0;
    views.add(timeMs, value);
    int row = views.rows() - 1;
    novelty.judge(views, row);
    double unfamiliar = familiarity.judge(views.numbers(), row, isolation);
    double unlike = residuals.judge(views.residual(1), views.residual(5), views.residual(20));
    if (row % (settings.memoryRows() / FORGETS) == 0) {
      novelty.forget(row - settings.memoryRows());
      familiarity.forget(row - settings.memoryRows());
    }
    double surprised = surprise.score(novelty.gap(), unfamiliar, novelty.excess(), unlike);
    boolean beyond = surprised >= settings.threshold();
    Suppression suppressed =
        beyond ? settings.deviation().suppresses(value, views.expected()) : null;
    // while it warms up too, so that the first row after does not tell what has long begun; but not
    // of what nobody wants to be told of, or that would keep quiet what comes after it
    double score = cooldown.admit(suppressed == null ? surprised : 0, standsApart);
    if (state() == DetectorState.WARMING_UP) {
      return judgement(0, 0, null);
    }
    boolean quiet = beyond && suppressed == null && score == 0;
    return judgement(score, surprised, quiet ? Suppression.COOLDOWN : suppressed);
  }

  /** Whether there is no value to judge: none, or further from 0 than ±{@value #MOST}. */
  public static boolean isMissing(double value) {
    return !(Math.abs(value) <= MOST);
  }

  private Judgement judgement(double score, double surprised, @Nullable Suppression suppressed) {
    boolean anomaly = score >= settings.threshold();
    double within = BOUNDS * views.error();
    return new Judgement(
        score,
        anomaly,
        surprised,
        suppressed,
        state(),
        views.expected(),
        views.expected() - within,
        views.expected() + within,
        anomaly || suppressed != null ? Reasons.of(SeriesViews.VIEWS, isolation) : List.of());
  }

  /**
   * Active once more rows that stand apart had a value than the warm-up has, and more rows than a
   * day has: it must have seen a night.
   */
  public DetectorState state() {
    return apart > settings.warmUpRows() && views.rows() > views.day()
        ? DetectorState.ACTIVE
        : DetectorState.WARMING_UP;
  }

  /**
   * Rows with a value that come before the first score, as far as is known by now: how many a day
   * has, and how many of them make one that stands apart.
   */
  public long warmUp() {
    long ofOne = apart == 0 ? 1 : Math.max(1, Math.round((double) views.rows() / apart));
    long needed = Math.max(settings.warmUpRows() * ofOne, views.day());
    return state() == DetectorState.WARMING_UP ? Math.max(needed, views.rows()) : needed;
  }

  /** Rows that had a value. */
  public long rows() {
    return views.rows();
  }

  /** Rows that had none. */
  public long missing() {
    return missing;
  }

  public DetectorSettings settings() {
    return settings;
  }

  /** Nodes of all trees that are never grown anew: what memory depends on. */
  int nodes() {
    return familiarity.nodes();
  }

  /** Seed (long), missing rows and rows apart (Varints), then the parts in the order of fields. */
  void write(DataOutput out) throws IOException {
    int now = Math.max(0, views.rows() - 1);
    out.writeLong(seed);
    Varint.write(missing, out);
    Varint.write(apart, out);
    views.write(out);
    novelty.write(out, now);
    familiarity.write(out, now);
    residuals.write(out);
    cooldown.write(out);
  }

  /**
   * @param countsApart whether it says how many rows stood apart; before it did, all of them were
   *     taken to
   */
  static SeriesDetector read(DetectorSettings settings, DataInput in, boolean countsApart)
      throws IOException {
    SeriesDetector detector = new SeriesDetector(settings, in.readLong());
    detector.missing = Varint.read(in);
    if (countsApart) {
      detector.apart = StateBytes.whole("rows apart", in, StateBytes.MOST_ROWS);
    }
    detector.views.read(in);
    if (!countsApart) {
      detector.apart = detector.views.rows();
    }
    int now = Math.max(0, detector.views.rows() - 1);
    detector.novelty.read(in, now);
    detector.familiarity.read(in, now);
    detector.residuals.read(in);
    detector.cooldown = Cooldown.read(settings.cooldownRows(), in);
    return detector;
  }
}
