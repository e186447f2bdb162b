package io.tidewatch.testkit.chaos;

import io.tidewatch.testkit.TcpProxy;
import io.tidewatch.testkit.process.Server;
import java.time.Duration;

/**
 * The way to a server as something that can fail by itself: killed, its connections are cut once;
 * stopped, it refuses them; frozen, each piece takes {@link #DELAY} longer, both ways.
 */
final class SlowNetwork implements Server {
  static final Duration DELAY = Duration.ofMillis(200);

  private final String name;
  private final TcpProxy proxy;

  SlowNetwork(String name, TcpProxy proxy) {
    this.name = name;
    this.proxy = proxy;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    proxy.restore();
  }

  @Override
  public void stop() {
    proxy.cut();
  }

  @Override
  public void kill() {
    proxy.closeConnections();
  }

  @Override
  public void freeze() {
    proxy.delay(DELAY);
  }

  @Override
  public void thaw() {
    proxy.restore();
  }

  @Override
  public boolean isAlive() {
    return !proxy.refuses();
  }

  @Override
  public boolean hasServed() {
    return true;
  }

  @Override
  public void close() {
    proxy.close();
  }
}
