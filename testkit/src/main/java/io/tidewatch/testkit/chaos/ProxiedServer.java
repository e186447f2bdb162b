package io.tidewatch.testkit.chaos;

import io.tidewatch.testkit.TcpProxy;
import io.tidewatch.testkit.process.Server;
import java.util.function.Consumer;

/**
 * A server, or the way to it, as its clients see it: killed, its connections are cut once; stopped,
 * it refuses them; frozen, they are disturbed as the maker says.
 */
final class ProxiedServer implements Server {
  private final String name;
  private final TcpProxy proxy;
  private final Consumer<TcpProxy> freeze;

  ProxiedServer(String name, TcpProxy proxy, Consumer<TcpProxy> freeze) {
    this.name = name;
    this.proxy = proxy;
    this.freeze = freeze;
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
    freeze.accept(proxy);
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
