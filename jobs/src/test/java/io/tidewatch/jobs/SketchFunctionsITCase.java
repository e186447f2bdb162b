package io.tidewatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.store.Bin;
import io.tidewatch.analytics.quantile.LibrarySketches;
import io.tidewatch.analytics.quantile.QuantileSketch;
import io.tidewatch.analytics.quantile.StoredSketches;
import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.jobs.sink.Migrations;
import io.tidewatch.testkit.SharedStack;
import io.tidewatch.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The SQL functions that read stored sketches, against the sketches. */
@ExtendWith(SharedStack.class)
class SketchFunctionsITCase {
  private static final String MAPPING = "0ec2f1e7e9ed51f03f0000000000000000";

  /** Rounding of two ways to invert a cubic polynomial. */
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-10);

  private Connection connection;

  @BeforeEach
  void makeDatabase(EmbeddedStack stack) throws SQLException {
    TestDatabase database = TestDatabase.create(stack);
    Migrations.apply(TestPostgres.config(database, true));
    connection = database.connection();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void theBinsAreThoseOfTheLibrary() throws Exception {
    Random random = new Random(12);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    QuantileSketch all = new QuantileSketch();
    for (int count : new int[] {1, 2, 40, 3000, 30_000}) {
      QuantileSketch sketch = new QuantileSketch();
      for (int i = 0; i < count; i++) {
        sketch.add(i % 7 == 6 ? 0 : 1e-6 * Math.pow(1e17, random.nextDouble()));
      }
      sketch.add(Double.MAX_VALUE);
      for (int doublings = 0; doublings < count % 50; doublings++) {
        sketch.merge(sketch);
      }
      all.merge(sketch);
      joined.writeBytes(StoredSketches.encode(sketch));
      assertBins(StoredSketches.encode(sketch), sketch);
    }
    assertBins(joined.toByteArray(), all);
    assertThat(quantile(0.5, new byte[0])).isNull();
    assertThat(quantile(0.5, null)).isNull();
  }

  private void assertBins(byte[] bytes, QuantileSketch sketch) throws SQLException {
    DDSketch library = LibrarySketches.toLibrary(sketch);
    Iterator<Bin> each = library.getPositiveValueStore().getAscendingIterator();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM tidewatch_sketch_bins(?)")) {
      statement.setBytes(1, bytes);
      try (ResultSet row = statement.executeQuery()) {
        double zeros = library.getCount() - library.getPositiveValueStore().getTotalCount();
        if (zeros > 0) {
          assertThat(row.next()).isTrue();
          assertThat(row.getDouble("value_ms")).isZero();
          assertThat((double) row.getLong("count")).isEqualTo(zeros);
        }
        while (each.hasNext()) {
          Bin bin = each.next();
          assertThat(row.next()).isTrue();
          assertThat((double) row.getLong("count")).isEqualTo(bin.getCount());
          assertThat(row.getDouble("value_ms"))
              .isCloseTo(library.getIndexMapping().value(bin.getIndex()), ROUNDING);
        }
        assertThat(row.next()).isFalse();
      }
    }
    for (double q : new double[] {0, 0.01, 0.5, 0.9, 0.99, 0.999}) {
      assertThat(quantile(q, bytes)).isCloseTo(library.getValueAtQuantile(q), ROUNDING);
    }
  }

  @Test
  void whatIsNoSketchIsAnError() {
    for (String hex :
        new String[] {
          "ff",
          "0ec2f1e7e9ed51f03e0000000000000000",
          MAPPING + "07010002",
          MAPPING + "0501",
          MAPPING + "05018001",
          MAPPING + "0501ffff7f02",
          MAPPING + "04"
        }) {
      assertThatThrownBy(() -> quantile(0.5, HexFormat.of().parseHex(hex)))
          .as(hex)
          .isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> quantile(1.1, HexFormat.of().parseHex(MAPPING)))
        .hasMessageContaining("q: must be 0 to 1, was 1.1");
    assertThatThrownBy(() -> quantile(Double.NaN, HexFormat.of().parseHex(MAPPING)))
        .hasMessageContaining("q: must be 0 to 1, was NaN");
  }

  /** Prints what docs/operations.md says of bytes and time. */
  @Test
  void aDayOfMinutesIsMergedInOneQuery() throws Exception {
    Random random = new Random(1);
    double[] durations = new double[1440 * 1000];
    long bytes = 0;
    try (PreparedStatement row = connection.prepareStatement("INSERT INTO minutes VALUES (?)")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE minutes (sketch bytea)");
      }
      for (int minute = 0; minute < 1440; minute++) {
        QuantileSketch sketch = new QuantileSketch();
        for (int i = 0; i < 1000; i++) {
          durations[minute * 1000 + i] = Math.exp(3.5 + 0.8 * random.nextGaussian());
          sketch.add(durations[minute * 1000 + i]);
        }
        byte[] encoded = StoredSketches.encode(sketch);
        bytes += encoded.length;
        row.setBytes(1, encoded);
        row.addBatch();
      }
      row.executeBatch();
    }
    Arrays.sort(durations);
    long startNs = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT tidewatch_quantile(0.99, string_agg(sketch, '')) FROM minutes")) {
      row.next();
      System.out.printf(
          "1440 sketches of 1000 durations, %d bytes each, merged by SQL in %d ms%n",
          bytes / 1440, (System.nanoTime() - startNs) / 1_000_000);
      assertThat(row.getDouble(1))
          .isCloseTo(
              durations[(int) (0.99 * (durations.length - 1))],
              Percentage.withPercentage(1 + 1e-7));
    }
  }

  private Double quantile(double q, byte[] sketches) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT tidewatch_quantile(?, ?)")) {
      statement.setDouble(1, q);
      statement.setBytes(2, sketches);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getObject(1, Double.class);
      }
    }
  }
}
