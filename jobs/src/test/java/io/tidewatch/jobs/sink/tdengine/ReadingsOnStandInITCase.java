package io.tidewatch.jobs.sink.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidewatch.jobs.SpecialTexts;
import io.tidewatch.jobs.sink.jdbc.Outcome;
import io.tidewatch.schemas.codec.RuleStatusCodec;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.testkit.tdengine.Fault;
import io.tidewatch.testkit.tdengine.StandInTdengine;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A stand-in takes the place of the server, and fails as it is told to; the driver is the real one.
 */
class ReadingsOnStandInITCase extends ReadingsContract {
  private static final int RANDOM_TEXTS = 10_000;
  private static final List<DeviceTelemetry> ROWS =
      List.of(reading("kiln", "a", 0, 1, 2, null), reading("kiln", "b", 0, 1, 2, null));

  private final StandInTdengine server = StandInTdengine.start();

  @Override
  String url() {
    return server.jdbcUrl() + "?messageWaitTimeout=500";
  }

  @Override
  String user() {
    return StandInTdengine.USER;
  }

  @Override
  String password() {
    return StandInTdengine.PASSWORD;
  }

  @Override
  void stop() {
    server.close();
  }

  @Test
  void textsOfAllKindsAreDevicesAndLabelsAndNothingElse() throws SQLException {
    List<String> texts =
        Stream.concat(SpecialTexts.ALL.stream(), SpecialTexts.random(RANDOM_TEXTS, 4).stream())
            .distinct()
            .filter(RuleStatusCodec::isName)
            .toList();
    assertThat(texts).hasSizeGreaterThan(RANDOM_TEXTS / 4);
    SuperTableStore<DeviceTelemetry> store = store();
    store.open();
    for (int from = 0; from < texts.size(); from += 1_000) {
      store.write(
          texts.subList(from, Math.min(texts.size(), from + 1_000)).stream()
              .map(text -> reading("kiln", text, 0, 1, 2, text))
              .toList());
    }
    store.disconnect();

    List<List<Object>> rows = stored("kiln");
    assertThat(rows).hasSameSizeAs(texts);
    assertThat(rows).extracting(row -> row.get(0)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(rows).allMatch(row -> row.get(0).equals(row.get(4)));
    assertThat(stored("range")).isEmpty();
  }

  @Test
  void silenceIsNoSuccess() throws SQLException {
    server.next("stmt2_exec", new Fault.Silence());

    assertFailsAndRecovers();
  }

  @Test
  void aConnectionThatIsDroppedWhileItBindsIsNoSuccess() throws SQLException {
    server.next("stmt2_bind", new Fault.Drop());

    assertFailsAndRecovers();
  }

  @Test
  void aConnectionThatIsDroppedWhileItExecutesIsNoSuccess() throws SQLException {
    server.next("stmt2_exec", new Fault.Drop());

    assertFailsAndRecovers();
  }

  @Test
  void aServerThatIsNotReadyIsWaitedFor() throws SQLException {
    server.next("stmt2_exec", new Fault.Refuse(0x914, "Sync leader is unreachable"));

    assertFailsAndRecovers();
  }

  @Test
  void aWrongPasswordIsFatal() {
    server.next("conn", new Fault.Refuse(0x357, "Authentication failure"));
    SuperTableStore<DeviceTelemetry> store = store();

    SQLException failure = catchThrowableOfType(SQLException.class, store::open);

    assertThat(store.outcome(failure)).isEqualTo(Outcome.FATAL);
    store.disconnect();
  }

  private void assertFailsAndRecovers() throws SQLException {
    SuperTableStore<DeviceTelemetry> store = store();
    store.open();
    SQLException failure = catchThrowableOfType(SQLException.class, () -> store.write(ROWS));
    assertThat((Throwable) failure).as("not taken for success").isNotNull();
    assertThat(store.outcome(failure)).isEqualTo(Outcome.TRANSIENT);
    store.disconnect();

    store.open();
    store.write(ROWS);

    assertThat(stored("kiln")).hasSize(2);
    store.disconnect();
    await().until(() -> server.connections() <= 2);
  }
}
