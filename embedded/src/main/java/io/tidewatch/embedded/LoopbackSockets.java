package io.tidewatch.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets bound to free ports of 127.0.0.1, by listener name, until Kafka takes them over. Closing
 * this closes those it never asked for.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
  private final Map<String, ServerSocketChannel> waiting = new ConcurrentHashMap<>();
  private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();

  private LoopbackSockets() {}

  static LoopbackSockets bind(String... listeners) throws IOException {
    var sockets = new LoopbackSockets();
    try {
      for (String listener : listeners) {
        var channel = ServerSocketChannel.open();
        sockets.waiting.put(listener, channel);
        channel.bind(new InetSocketAddress(loopback(), 0));
        sockets.addresses.put(listener, (InetSocketAddress) channel.getLocalAddress());
      }
      return sockets;
    } catch (IOException e) {
      sockets.close();
      throw e;
    }
  }

  /** 127.0.0.1 also where the JVM prefers IPv6. */
  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  InetSocketAddress address(String listener) {
    var address = addresses.get(listener);
    if (address == null) {
      throw new IllegalArgumentException("No such listener: " + listener);
    }
    return address;
  }

  String hostAndPort(String listener) {
    return "127.0.0.1:" + address(listener).getPort();
  }

  @Override
  public ServerSocketChannel openServerSocket(
      @Nullable String listener, InetSocketAddress address, int backlog, int receiveBufferSize)
      throws IOException {
    var channel = listener == null ? null : waiting.remove(listener);
    if (channel == null) {
      throw new IOException("No socket waits for listener " + listener);
    }
    channel.configureBlocking(false);
    return channel;
  }

  @Override
  public void close() throws IOException {
    for (ServerSocketChannel channel : waiting.values()) {
      channel.close();
    }
  }
}
