package io.tidewatch.analytics.clean;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schemas.model.Cleaning;
import io.tidewatch.schemas.model.MissingValues;
import io.tidewatch.schemas.model.OutlierAction;
import io.tidewatch.schemas.model.OutlierMethod;
import io.tidewatch.schemas.model.OutlierRule;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnCleanerTest {
  private final ColumnCleaner cleaner = new ColumnCleaner();

  /** Values a second apart, {@code _} where one is missing; worked out by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DROP          | _ 1 _ 4 _ | _ 1 _ 4 _         | 0",
        "FORWARD_FILL  | _ 1 _ 4 _ | _ 1 1 4 4         | 2",
        "BACKWARD_FILL | _ 1 _ 4 _ | 1 1 4 4 _         | 2",
        "INTERPOLATE   | _ 1 _ 4 _ | _ 1 2.5 4 _       | 1",
        "MEAN          | _ 1 _ 4 _ | 2.5 1 2.5 4 2.5   | 3",
        "MEDIAN        | _ 1 9 4 _ | 4 1 9 4 4         | 2",
        "INTERPOLATE   | 1 _ _ 4   | 1 2 3 4           | 2",
        // all missing
        "DROP          | _ _       | _ _               | 0",
        "FORWARD_FILL  | _ _       | _ _               | 0",
        "BACKWARD_FILL | _ _       | _ _               | 0",
        "INTERPOLATE   | _ _       | _ _               | 0",
        "MEAN          | _ _       | _ _               | 0",
        "MEDIAN        | _ _       | _ _               | 0",
        // only the first is there
        "FORWARD_FILL  | 7 _ _     | 7 7 7             | 2",
        "BACKWARD_FILL | 7 _ _     | 7 _ _             | 0",
        "INTERPOLATE   | 7 _ _     | 7 _ _             | 0",
        "MEAN          | 7 _ _     | 7 7 7             | 2",
        "MEDIAN        | 7 _ _     | 7 7 7             | 2",
        // only the last is there
        "FORWARD_FILL  | _ _ 7     | _ _ 7             | 0",
        "BACKWARD_FILL | _ _ 7     | 7 7 7             | 2",
        "INTERPOLATE   | _ _ 7     | _ _ 7             | 0",
        "MEAN          | _ _ 7     | 7 7 7             | 2",
        "MEDIAN        | _ _ 7     | 7 7 7             | 2",
        // one record
        "MEAN          | 7         | 7                 | 0",
        "MEAN          | _         | _                 | 0",
      })
  void putsInPlaceWhatIsMissing(MissingValues method, String given, String cleaned, int imputed) {
    double[] values = values(given);
    clean(new Cleaning(method, OutlierRule.NONE), values);
    assertThat(text(values)).isEqualTo(cleaned);
    assertThat(cleaner.imputed()).isEqualTo(imputed);
    assertThat(cleaner.missing()).isEqualTo((int) given.chars().filter(c -> c == '_').count());
    assertThat(cleaner.outliers()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // quartiles of 1 2 3 4 100 are 2 and 4, the fences -1 and 7
        "IQR     | 1.5  | MARK   | 1 2 3 4 100     | 1 2 3 4 100     | 1",
        "IQR     | 1.5  | CLIP   | 1 2 3 4 100     | 1 2 3 4 7       | 1",
        "IQR     | 1.5  | REMOVE | 1 2 3 4 100     | 1 2 3 4 _       | 1",
        "IQR     | 1.5  | CLIP   | 1 2 3 4 7       | 1 2 3 4 7       | 0",
        "IQR     | 0    | CLIP   | 1 2 3 4 100     | 2 2 3 4 4       | 2",
        "IQR     | 1.5  | CLIP   | -90 _ 2 3 4 5   | -1 _ 2 3 4 5    | 1",
        // mean 3, deviation 3: a deviation from 0 to 6
        "Z_SCORE | 1    | MARK   | 0 0 3 6 6       | 0 0 3 6 6       | 0",
        "Z_SCORE | 0.5  | CLIP   | 0 0 3 6 6       | 1.5 1.5 3 4.5 4.5 | 4",
        "Z_SCORE | 0.5  | REMOVE | 0 0 3 6 6       | _ _ 3 _ _       | 4",
        // the quantiles of 0.25 and 0.75 of 1 2 3 4 5
        "CLIP    | 0.25 | MARK   | 5 1 2 3 4       | 5 1 2 3 4       | 2",
        "CLIP    | 0.25 | CLIP   | 5 1 2 3 4       | 4 2 2 3 4       | 2",
        "CLIP    | 0.25 | REMOVE | 5 1 2 3 4       | _ _ 2 3 4       | 2",
        // equal values have equal bounds, on which nothing is an outlier
        "IQR     | 1.5  | REMOVE | 3 3 _ 3         | 3 3 _ 3         | 0",
        "Z_SCORE | 3    | REMOVE | 0.1 0.1 _ 0.1   | 0.1 0.1 _ 0.1   | 0",
        "CLIP    | 0.01 | REMOVE | 0.1 0.1 _ 0.1   | 0.1 0.1 _ 0.1   | 0",
        // more than half are equal: no distance between the quartiles
        "IQR     | 1.5  | REMOVE | 3 3 3 3 3 3 3 4 | 3 3 3 3 3 3 3 _ | 1",
        // one value, no value
        "IQR     | 1.5  | REMOVE | _ 8             | _ 8             | 0",
        "Z_SCORE | 3    | REMOVE | _ 8             | _ 8             | 0",
        "CLIP    | 0.01 | REMOVE | _ 8             | _ 8             | 0",
        "IQR     | 1.5  | REMOVE | _ _             | _ _             | 0",
        // bounds that do not fit a double are no bounds
        "IQR     | 1e308 | REMOVE | 1 2 3 4 1e300  | 1 2 3 4 1e300   | 0",
        "IQR     | 0    | REMOVE | -1.7e308 -1.7e308 0 1.7e308 1.7e308 | -1.7e308 -1.7e308 0 1.7e308 1.7e308 | 0",
      })
  void findsOutliersAndDoesWithThemWhatItIsTold(
      OutlierMethod method,
      double threshold,
      OutlierAction action,
      String given,
      String cleaned,
      int outliers) {
    double[] values = values(given);
    clean(new Cleaning(MissingValues.DROP, new OutlierRule(method, threshold, action)), values);
    assertThat(values).isEqualTo(values(cleaned));
    assertThat(cleaner.outliers()).isEqualTo(outliers);
    assertThat(cleaner.imputed()).isZero();
  }

  @Test
  void fillsWhatItRemovedFromWhatIsLeft() {
    OutlierRule far = new OutlierRule(OutlierMethod.IQR, 1.5, OutlierAction.REMOVE);
    double[] values = values("1 2 100 4 3 _");
    clean(new Cleaning(MissingValues.MEAN, far), values);
    assertThat(text(values)).isEqualTo("1 2 2.5 4 3 2.5");
    assertThat(cleaner.missing()).isEqualTo(1);
    assertThat(cleaner.outliers()).isEqualTo(1);
    assertThat(cleaner.imputed()).isEqualTo(2);
  }

  @Test
  void linesFollowEventTimeNotTheCountOfRecords() {
    double[] values = values("0 _ _ 10");
    cleaner.clean(
        new Cleaning(MissingValues.INTERPOLATE, OutlierRule.NONE),
        new long[] {0, 100, 900, 1_000},
        values,
        4);
    assertThat(text(values)).isEqualTo("0 1 9 10");
  }

  @Test
  void betweenTwoRecordsOfItsOwnMillisecondAValueIsInTheirMiddle() {
    double[] values = values("0 _ 10");
    cleaner.clean(
        new Cleaning(MissingValues.INTERPOLATE, OutlierRule.NONE), new long[] {5, 5, 5}, values, 3);
    assertThat(text(values)).isEqualTo("0 5 10");
  }

  @Test
  void infiniteValuesAreMissing() {
    double[] values = {Double.POSITIVE_INFINITY, 4, Double.NEGATIVE_INFINITY};
    clean(new Cleaning(MissingValues.FORWARD_FILL, OutlierRule.NONE), values);
    assertThat(values).isEqualTo(new double[] {NaN, 4, 4});
    assertThat(cleaner.missing()).isEqualTo(2);
  }

  private void clean(Cleaning cleaning, double[] values) {
    long[] timesMs = LongStream.range(0, values.length).map(second -> 1_000 * second).toArray();
    cleaner.clean(cleaning, timesMs, values, values.length);
  }

  private static double[] values(String text) {
    return Arrays.stream(text.trim().split(" +"))
        .mapToDouble(word -> word.equals("_") ? NaN : Double.parseDouble(word))
        .toArray();
  }

  private static String text(double[] values) {
    return Arrays.stream(values)
        .mapToObj(
            value -> Double.isNaN(value) ? "_" : Double.toString(value).replaceAll("\\.0$", ""))
        .collect(Collectors.joining(" "));
  }
}
