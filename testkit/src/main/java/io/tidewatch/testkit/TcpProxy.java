package io.tidewatch.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way on loopback to a server that can be disturbed: cut, made slow, or left open with nobody at
 * the other end. It passes bytes and knows no protocol.
 */
public final class TcpProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
  private static final int BUFFER_BYTES = 64 << 10;

  /** How closely a thread that holds bytes back looks whether it may go on. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ServerSocket door;
  private final InetSocketAddress server;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private volatile long delayNanos;
  private volatile boolean silent;
  private volatile boolean refusing;

  private TcpProxy(ServerSocket door, InetSocketAddress server) {
    this.door = door;
    this.server = server;
  }

  /** A way to the server on that port of loopback. */
  public static TcpProxy to(int port) {
    return to("127.0.0.1", port);
  }

  /** A way to the server of a JDBC URL, which must name its port. */
  public static TcpProxy toServerOf(String jdbcUrl) {
    URI server = URI.create(jdbcUrl.substring("jdbc:".length()));
    return to(server.getHost(), server.getPort());
  }

  private static TcpProxy to(String host, int port) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      TcpProxy proxy =
          new TcpProxy(new ServerSocket(0, 50, loopback), new InetSocketAddress(host, port));
      start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return door.getLocalPort();
  }

  /** A JDBC URL with this proxy in the place of its server. */
  public String through(String jdbcUrl) {
    return jdbcUrl.replaceFirst("//[^/]+/", "//127.0.0.1:" + port() + "/");
  }

  /** Closes all connections, and refuses new ones until {@link #restore()}: the server is gone. */
  public void cut() {
    refusing = true;
    closeConnections();
  }

  /** Keeps connections, takes new ones, and passes nothing more: the server hangs. */
  public void hang() {
    silent = true;
  }

  /** Holds back each piece for that long, both ways. */
  public void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /** All is well again; connections that hung go on. */
  public void restore() {
    delayNanos = 0;
    silent = false;
    refusing = false;
  }

  /** Whether it was cut and not restored. */
  public boolean refuses() {
    return refusing;
  }

  /** Closes all connections, once. */
  public void closeConnections() {
    open.forEach(TcpProxy::closeQuietly);
    open.clear();
  }

  @Override
  public void close() {
    refusing = true;
    closeQuietly(door);
    closeConnections();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (refusing) {
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException e) {
        LOG.debug("A connection ended, as both of its sides see", e);
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket upstream = new Socket();
    try {
      upstream.connect(server);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    client.setTcpNoDelay(true);
    upstream.setTcpNoDelay(true);
    open.add(client);
    open.add(upstream);
    start(() -> pass(client, upstream));
    start(() -> pass(upstream, client));
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        long until = System.nanoTime() + delayNanos;
        while (silent || System.nanoTime() < until) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      LOG.debug("A connection ended, as both of its sides see", e);
    } finally {
      closeQuietly(from);
      closeQuietly(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void closeQuietly(Closeable connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("A connection ended, as both of its sides see", e);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
