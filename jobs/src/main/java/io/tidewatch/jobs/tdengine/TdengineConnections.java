package io.tidewatch.jobs.tdengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.taosdata.jdbc.ws.WebSocketDriver;
import io.tidewatch.jobs.config.Secret;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections over WebSocket, by the driver itself: what is registered with DriverManager depends
 * on who loaded what first. What the URL says holds; besides, a writer waits half a minute for an
 * answer, and a lost connection is an error. Left to itself the driver returns from a batch on a
 * lost connection as if all were well, with nothing stored.
 */
public final class TdengineConnections implements JdbcConnectionProvider {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(TdengineConnections.class);
  private static final String ANSWER_WITHIN_MS = "30000";
  private static final int VALID_WITHIN_SECONDS = 10;

  private final String url;
  private final String user;
  private final Secret password;
  private transient @Nullable Connection connection;

  /**
   * @param url {@code jdbc:TAOS-WS://host:port/}
   */
  public TdengineConnections(String url, String user, Secret password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** A new connection for reading, which the caller closes. */
  public static Connection connect(String url, String user, Secret password) throws SQLException {
    return connect(url, user, password, new Properties());
  }

  private static Connection connect(String url, String user, Secret password, Properties properties)
      throws SQLException {
    // the driver decodes both as if they had stood in a URL
    properties.setProperty("user", URLEncoder.encode(user, UTF_8));
    properties.setProperty("password", URLEncoder.encode(password.reveal(), UTF_8));
    // with more, a statement on a lost connection fails without a reason, or not at all
    properties.setProperty("retryTimes", "1");
    try {
      Connection opened = new WebSocketDriver().connect(url, properties);
      if (opened == null) {
        throw new SQLException("the driver does not take the URL");
      }
      return opened;
    } catch (IllegalArgumentException e) { // a port or an option that is no number
      throw new SQLException(e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Connection getConnection() {
    return connection;
  }

  @Override
  public boolean isConnectionValid() throws SQLException {
    return connection != null && connection.isValid(VALID_WITHIN_SECONDS);
  }

  @Override
  public Connection getOrEstablishConnection() throws SQLException {
    Connection present = connection;
    if (present == null || !isConnectionValid()) {
      Properties patience = new Properties();
      patience.setProperty("messageWaitTimeout", ANSWER_WITHIN_MS);
      present = connect(url, user, password, patience);
      connection = present;
    }
    return present;
  }

  @Override
  public void closeConnection() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.warn("A connection to TDengine was not closed in good order: {}", e.getMessage());
      } finally {
        connection = null;
      }
    }
  }

  @Override
  public void close() {
    closeConnection();
  }

  @Override
  public Connection reestablishConnection() throws SQLException {
    closeConnection();
    return getOrEstablishConnection();
  }
}
