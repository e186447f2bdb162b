package io.tidewatch.notifier.metrics;

import com.sun.net.httpserver.HttpExchange;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tidewatch.notifier.config.ListenSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Serves {@code /metrics}; {@code /healthz}, 200 while the process does its work; {@code /readyz},
 * 200 once it has read its state.
 */
public final class HealthServer implements AutoCloseable {
  private final HTTPServer server;

  private HealthServer(HTTPServer server) {
    this.server = server;
  }

  /**
   * @throws IOException when the address cannot be listened on
   */
  public static HealthServer start(
      ListenSettings settings,
      PrometheusRegistry registry,
      BooleanSupplier healthy,
      BooleanSupplier ready)
      throws IOException {
    return new HealthServer(
        HTTPServer.builder()
            .hostname(settings.host())
            .port(settings.port())
            .registry(registry)
            .registerHealthHandler(false)
            .defaultHandler(exchange -> answer(exchange, healthy, ready))
            .buildAndStart());
  }

  private static void answer(HttpExchange exchange, BooleanSupplier healthy, BooleanSupplier ready)
      throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/healthz" -> say(exchange, healthy.getAsBoolean());
        case "/readyz" -> say(exchange, healthy.getAsBoolean() && ready.getAsBoolean());
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void say(HttpExchange exchange, boolean yes) throws IOException {
    byte[] body = (yes ? "ok\n" : "no\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(yes ? 200 : 503, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Where it listens. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
