package io.tidewatch.jobs.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {

  @ParameterizedTest
  @CsvSource({
    "08006, TRANSIENT", // connection failure
    "08001, TRANSIENT",
    "53300, TRANSIENT", // too many connections
    "53100, TRANSIENT", // disk full
    "57P01, TRANSIENT", // admin shutdown
    "57P03, TRANSIENT", // cannot connect now
    "57014, TRANSIENT", // statement timeout
    "58030, TRANSIENT", // I/O error of the server
    "40001, TRANSIENT", // serialization failure
    "40P01, TRANSIENT", // deadlock
    "55P03, TRANSIENT", // lock not available
    "25006, TRANSIENT", // read only
    "21000, DATA",
    "22021, DATA", // NUL in a text
    "22003, DATA", // out of range
    "23514, DATA", // check constraint
    "54000, DATA", // index row too long
    "P0001, DATA", // raised by a trigger
    "42P01, FATAL", // no such table
    "42703, FATAL", // no such column
    "42501, FATAL", // no privilege
    "28P01, FATAL", // wrong password
    "3D000, FATAL", // no such database
    "25001, FATAL",
    "55000, FATAL",
    "XX000, FATAL"
  })
  void isToldByTheSqlState(String state, Outcome outcome) {
    assertThat(Outcome.bySqlState(new SQLException("x", state))).isEqualTo(outcome);
  }

  @Test
  void looksBehindTheFailureOfABatch() {
    BatchUpdateException batch = new BatchUpdateException("x", null, new int[0]);
    batch.setNextException(new SQLException("y", "22021"));

    assertThat(Outcome.bySqlState(batch)).isEqualTo(Outcome.DATA);
  }

  @Test
  void withoutAStateItIsTheConnectionWhenAnIoErrorIsBehindIt() {
    assertThat(Outcome.bySqlState(new SQLException("x", new SocketTimeoutException("Read"))))
        .isEqualTo(Outcome.TRANSIENT);
    assertThat(
            Outcome.bySqlState(new SQLException("x", new SQLException("y", new IOException("z")))))
        .isEqualTo(Outcome.TRANSIENT);
    assertThat(Outcome.bySqlState(new SQLTransientConnectionException("x")))
        .isEqualTo(Outcome.TRANSIENT);
    assertThat(Outcome.bySqlState(new SQLException("x"))).isEqualTo(Outcome.FATAL);
  }

  @Test
  void aReasonIsWhatTheServerSaidInOneLine() {
    BatchUpdateException batch =
        new BatchUpdateException("Batch entry 0 INSERT … was aborted", "23514", new int[0]);
    batch.setNextException(new SQLException("ERROR: no\n  Detail: row (1)", "23514"));

    assertThat(SqlReason.of(batch)).isEqualTo(new SqlReason("23514", "ERROR: no; Detail: row (1)"));
    assertThat(SqlReason.of(new SQLException())).isEqualTo(new SqlReason("", "null"));
  }
}
