package io.tidewatch.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a schema registry: answers {@code GET /schemas/ids/{id}} with the status, the
 * content type and the JSON that Confluent documents for it, and nothing else. On loopback; may be
 * stopped and started again on the same port.
 */
public final class StandInSchemaRegistry implements AutoCloseable {
  private static final String PATH = "/schemas/ids/";
  private static final int NO_SUCH_SCHEMA = 40403;

  private final ObjectMapper json = new ObjectMapper();
  private final Map<Integer, String> schemas = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final int port;
  private volatile int failure;
  private @Nullable HttpServer server;

  private StandInSchemaRegistry(HttpServer server) {
    this.server = server;
    this.port = server.getAddress().getPort();
    serve(server);
  }

  public static StandInSchemaRegistry start() {
    return new StandInSchemaRegistry(bound(0));
  }

  /** As a job is told of it. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public void register(int id, String schema) {
    schemas.put(id, schema);
  }

  /** How often it was asked and there. */
  public int asked() {
    return asked.get();
  }

  /**
   * Answers everything with that status from now on.
   *
   * @param status HTTP status; 0 ends it
   */
  public void failWith(int status) {
    failure = status;
  }

  /** Connections are refused from now on. */
  public void stop() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** After {@link #stop()}: is there again, with what was registered. */
  public void startAgain() {
    HttpServer again = bound(port);
    server = again;
    serve(again);
  }

  @Override
  public void close() {
    stop();
  }

  private static HttpServer bound(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(HttpServer started) {
    started.createContext("/", this::answer);
    started.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    String schema = path.startsWith(PATH) ? schemas.get(id(path)) : null;
    ObjectNode answer = json.createObjectNode();
    int status;
    if (failure != 0) {
      status = failure;
      answer.put("error_code", failure * 100 + 1).put("message", "Failure of the stand-in");
    } else if (!path.startsWith(PATH)) {
      status = 404;
      answer.put("error_code", 404).put("message", "HTTP 404 Not Found");
    } else if (schema == null) {
      status = 404;
      answer.put("error_code", NO_SUCH_SCHEMA);
      answer.put("message", "Schema " + id(path) + " not found");
    } else {
      status = 200;
      answer.put("schema", schema);
    }
    byte[] body = answer.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static int id(String path) {
    return Integer.parseInt(path.substring(PATH.length()));
  }
}
