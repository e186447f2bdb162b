package io.tidewatch.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ports of 127.0.0.1 for servers that keep theirs over restarts. */
public final class LoopbackPorts {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackPorts.class);

  /**
   * Below those that systems give to outgoing connections (32768 and up). A client that knocks at
   * one of these while its server is down may be given it for its own end: then it is connected to
   * itself, and the server cannot come back.
   */
  private static final int FIRST = 15_000;

  private static final int LAST = 32_000;
  private static final int TRIES = 1_000;

  private LoopbackPorts() {}

  /** A port that nobody listens at; drawn, so that tests side by side seldom draw the same. */
  public static int free() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        LOG.debug("port {} is taken", port, e);
      }
    }
    throw new IllegalStateException("no free port of 127.0.0.1 from " + FIRST + " to " + LAST);
  }
}
