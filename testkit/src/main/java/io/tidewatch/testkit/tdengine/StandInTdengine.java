package io.tidewatch.testkit.tdengine;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a TDengine server with its taosAdapter: speaks what the JDBC driver says over
 * WebSocket, and keeps databases in memory. What of SQL it understands stands at {@link SqlParser}.
 * Anything else is answered with TDengine's syntax error, and {@link #close()} fails then, unless
 * the test has {@linkplain #takeNotUnderstood() taken} it: what the stand-in does not know, it does
 * not prove.
 *
 * <p>Only {@code /ws} is there, on loopback; no TLS, no compression, no users but one, no types but
 * those of {@link ColumnType}. All connections are served by one thread.
 */
public final class StandInTdengine implements AutoCloseable {
  /** User and password of a new TDengine. */
  public static final String USER = "root";

  public static final String PASSWORD = "taosdata";

  private static final int MAX_FRAME_BYTES = 100 << 20;
  private static final long WAIT_MS = 10_000;

  private final EventLoopGroup loop =
      new NioEventLoopGroup(1, new DefaultThreadFactory("stand-in-tdengine", true));
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Map<String, Queue<Fault>> faults = new HashMap<>();
  private final List<String> notUnderstood = new ArrayList<>();
  private final Session.Credentials credentials;
  private final Databases databases;
  private final Channel server;
  private int pongs;

  private StandInTdengine(Session.Credentials credentials, Clock clock) {
    this.credentials = credentials;
    this.databases = new Databases(clock);
    this.server =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    accept(connection);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  public static StandInTdengine start() {
    return start(PASSWORD);
  }

  /**
   * @param password of {@link #USER}
   */
  public static StandInTdengine start(String password) {
    return new StandInTdengine(new Session.Credentials(USER, password), Clock.systemUTC());
  }

  /** As the JDBC driver is told of it. */
  public String jdbcUrl() {
    return "jdbc:TAOS-WS://127.0.0.1:" + port() + "/";
  }

  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /**
   * Runs a statement without a connection.
   *
   * @throws IllegalArgumentException when it cannot be run
   */
  public void execute(String sql) {
    onLoop(
        () -> {
          try {
            return databases.run(SqlParser.parse(sql), null);
          } catch (TdengineError e) {
            throw new IllegalArgumentException(e.text() + ": " + sql, e);
          }
        });
  }

  /**
   * What becomes of the next request of that kind; called again, of the one after it.
   *
   * @param action as the protocol names it: {@code conn}, {@code binary_query}, {@code fetch}
   *     (which is not refused), {@code stmt2_bind}, …
   */
  public void next(String action, Fault fault) {
    onLoop(() -> faults.computeIfAbsent(action, none -> new ArrayDeque<>()).add(fault));
  }

  /** Closes all connections. */
  public void dropConnections() {
    connections.close().awaitUninterruptibly(WAIT_MS);
  }

  public int connections() {
    return connections.size();
  }

  /** Pings all connections. */
  public void ping() {
    connections
        .writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER))
        .awaitUninterruptibly(WAIT_MS);
  }

  /** How many pings were answered. */
  public int pongs() {
    return onLoop(() -> pongs);
  }

  /** Statements that were not understood since this was asked last, with what was answered. */
  public List<String> takeNotUnderstood() {
    return onLoop(
        () -> {
          List<String> taken = List.copyOf(notUnderstood);
          notUnderstood.clear();
          return taken;
        });
  }

  /**
   * @throws IllegalStateException when there was a statement that it does not understand
   */
  @Override
  public void close() {
    List<String> left = takeNotUnderstood();
    loop.shutdownGracefully(0, WAIT_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(WAIT_MS);
    if (!left.isEmpty()) {
      throw new IllegalStateException("the stand-in for TDengine did not understand " + left);
    }
  }

  private void accept(SocketChannel connection) {
    connections.add(connection);
    connection
        .pipeline()
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(8192))
        .addLast(
            new WebSocketServerProtocolHandler(
                WebSocketServerProtocolConfig.newBuilder()
                    .websocketPath("/ws")
                    .handleCloseFrames(false)
                    .sendCloseFrame(null) // the real one just goes
                    .dropPongFrames(false)
                    .maxFramePayloadLength(MAX_FRAME_BYTES)
                    .build()))
        .addLast(
            new ConnectionHandler(
                new Session(databases, credentials, notUnderstood::add),
                this::faultOf,
                () -> pongs++));
  }

  private @Nullable Fault faultOf(String action) {
    Queue<Fault> waiting = faults.get(action);
    return waiting == null ? null : waiting.poll();
  }

  /** All that connections share is touched by their thread only. */
  private <T> T onLoop(Callable<T> step) {
    try {
      return loop.submit(step).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
