package io.tidewatch.testkit.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.taosdata.jdbc.ws.WebSocketDriver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The unmodified JDBC driver at the stand-in. */
class StandInTdengineTest {
  private static final long START_MS = 1_767_225_600_000L;
  private static final String INSERT =
      "insert into plant.press(tbname,device_id,ts,force,note) values(?,?,?,?,?)";

  private final StandInTdengine server = StandInTdengine.start();

  @BeforeEach
  void makeTables() {
    server.execute("create database plant keep 36500");
    server.execute(
        "create stable plant.press (ts timestamp, force double, note nchar(8)) tags (device_id nchar(16))");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Connection connect(String options) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", StandInTdengine.USER);
    login.setProperty("password", StandInTdengine.PASSWORD);
    return new WebSocketDriver().connect(server.jdbcUrl() + options, login);
  }

  private static void add(PreparedStatement insert, String device, long second, double force)
      throws SQLException {
    insert.setString(1, "t_" + device);
    insert.setNString(2, device);
    insert.setTimestamp(3, new Timestamp(START_MS + second * 1000));
    insert.setDouble(4, force);
    insert.setNString(5, "é'\\n" + second % 2);
    insert.addBatch();
  }

  private static List<List<Object>> rows(Connection connection, String sql) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void storesWhatIsBoundAndCountsEachTimeOfATableOnce() throws Exception {
    try (Connection connection = connect("");
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      add(insert, "a", 0, 1.5);
      add(insert, "b", 0, 2.5);
      add(insert, "a", 0, 3.5);
      assertThat(insert.executeBatch()).containsExactly(-2, -2);
      add(insert, "a", 0, 4.5);
      assertThat(insert.executeBatch()).containsExactly(-2);

      assertThat(rows(connection, "select device_id, force, note from plant.press order by tbname"))
          .containsExactly(List.of("a", 4.5, "é'\\n0"), List.of("b", 2.5, "é'\\n0"));
    }
  }

  @Test
  void aRowOverAnotherReplacesWhatItGivesAndKeepsTheRest() throws Exception {
    server.execute(
        "insert into plant.t using plant.press tags('d') values (1767225600000, 1, 'x')");
    server.execute("insert into plant.t (ts, force) values (1767225600000, 2)");
    server.execute("insert into plant.t (ts, note) values (1767225601000, null)");
    try (Connection connection = connect("plant")) {
      assertThat(rows(connection, "select force, note from press where force >= 2"))
          .containsExactly(List.of(2.0, "x"));
      assertThat(rows(connection, "select count(*) from press")).containsExactly(List.of(2L));
    }
  }

  @Test
  void resultsOfSeveralBlocksArriveWhole() throws Exception {
    int count = 2 * ResultBlock.ROWS + 7;
    try (Connection connection = connect("");
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int second = 0; second < count; second++) {
        add(insert, "a", second, second);
      }
      assertThat(insert.executeBatch()).hasSize(count);

      List<List<Object>> rows = rows(connection, "select force from plant.press order by ts");
      assertThat(rows).hasSize(count);
      assertThat(rows.get(count - 1)).containsExactly((double) (count - 1));
    }
  }

  @Test
  void timesAndDevicesOfAPreparedQueryAreBound() throws Exception {
    try (Connection connection = connect("");
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (String device : List.of("a", "b", "c'; drop")) {
        add(insert, device, 0, 1);
        add(insert, device, 1, 2);
      }
      insert.executeBatch();
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT `device_id`, force FROM `plant`.`press` WHERE `ts` >= '2026-01-01T00:00:01Z' AND `device_id` IN (?, ?) ORDER BY `device_id`")) {
        query.setString(1, "b");
        query.setString(2, "c'; drop");
        try (ResultSet result = query.executeQuery()) {
          assertThat(result.next()).isTrue();
          assertThat(result.getString(1)).isEqualTo("b");
          assertThat(result.next()).isTrue();
          assertThat(result.getString(1)).isEqualTo("c'; drop");
          assertThat(result.getDouble(2)).isEqualTo(2.0);
          assertThat(result.next()).isFalse();
        }
      }
    }
  }

  @Test
  void refusesWhoDoesNotKnowThePassword() {
    Properties login = new Properties();
    login.setProperty("user", StandInTdengine.USER);
    login.setProperty("password", "guess");
    assertThatThrownBy(() -> new WebSocketDriver().connect(server.jdbcUrl(), login))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("0x357");
    assertThatThrownBy(() -> connect("nowhere")).hasMessageContaining("0x388");
  }

  @Test
  void reservedWordsAreNamesWhenTheyAreQuotedOnly() throws Exception {
    try (Connection connection = connect("plant");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("create table t (ts timestamp, value double)"))
          .hasMessageContaining("0x2600");
      statement.execute("create table t (ts timestamp, `value` double)");
    }
    assertThat(server.takeNotUnderstood()).singleElement().asString().contains("near \"value");
  }

  @Test
  void whatItDoesNotUnderstandFailsTheTest() {
    StandInTdengine other = StandInTdengine.start();
    try (FrameClient client = new FrameClient(other.port())) {
      client.say(
          "text {\"action\":\"conn\",\"args\":{\"req_id\":1,\"user\":\"root\",\"password\":\"taosdata\"}}");
      client.say(
          "binary 01000000000000000000000000000000060000000000000001000b000000616c746572207461626c65");
      await().until(() -> other.connections() == 1);
      assertThat(hear(client)).contains("\"code\":0");
      assertThat(hear(client)).contains("\"code\":9728");
    }
    assertThatThrownBy(other::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("alter table");
  }

  private static String hear(FrameClient client) {
    try {
      return client.hear();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDroppedConnectionIsToldByTheNextStatement() throws Exception {
    try (Connection connection = connect("plant");
        Statement statement = connection.createStatement()) {
      server.dropConnections();
      await().until(() -> !connection.isValid(1));
      assertThatThrownBy(() -> statement.execute("use plant")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void faultsComeInTheirOrderAndOnce() throws Exception {
    server.next("stmt2_exec", new Fault.Refuse(0x60b, "Timestamp data out of range"));
    server.next("stmt2_exec", new Fault.Silence());
    try (Connection connection = connect("?retryTimes=1&messageWaitTimeout=300");
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      add(insert, "a", 0, 1);
      assertThatThrownBy(insert::executeBatch).hasMessageContaining("0x60b");
      add(insert, "a", 1, 1);
      assertThatThrownBy(insert::executeBatch).isInstanceOf(SQLException.class);
      add(insert, "a", 2, 1);
      assertThat(insert.executeBatch()).isNotEmpty();
    }
    server.next("conn", new Fault.Drop());
    assertThatThrownBy(() -> connect("?messageWaitTimeout=300")).isInstanceOf(SQLException.class);
  }

  @Test
  void theDriverAnswersPings() throws Exception {
    try (Connection connection = connect("")) {
      server.ping();
      await().until(() -> server.pongs() == 1);
      assertThat(connection.isClosed()).isFalse();
    }
  }
}
