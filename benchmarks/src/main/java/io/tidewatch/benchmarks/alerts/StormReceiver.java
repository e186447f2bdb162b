package io.tidewatch.benchmarks.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server on loopback that takes the messages of a notifier. */
final class StormReceiver implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /**
   * A message.
   *
   * @param group that it is of
   * @param alerts that it tells of: those it shows, and how many more it says there are
   * @param nanos when it came, by {@link System#nanoTime}
   */
  record Message(String group, int alerts, long nanos) {}

  StormReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** All so far, as they came. */
  List<Message> messages() {
    return List.copyOf(messages);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      long nanos = System.nanoTime();
      JsonNode body = json.readTree(exchange.getRequestBody().readAllBytes());
      int alerts = body.path("alerts").size() + body.path("truncatedAlerts").asInt();
      messages.add(new Message(body.path("groupKey").asText(), alerts, nanos));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
