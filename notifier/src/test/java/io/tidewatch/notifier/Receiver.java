package io.tidewatch.notifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A web server on loopback that remembers what it was asked and answers as it is told. */
public final class Receiver implements AutoCloseable {

  /**
   * A request.
   *
   * @param accepted whether it was answered with a success
   */
  public record Request(
      String path, Map<String, List<String>> headers, String body, boolean accepted) {
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  /** How it answers. */
  public enum Answer {
    OK,
    /** Come back in a second. */
    TOO_MANY,
    ERROR,
    REFUSED,
    REDIRECT,
    /** No answer at all. */
    SILENCE,
    /** An answer that never ends, one byte after the other. */
    SLOW_BODY,
    /** An error whose body never ends. */
    SLOW_ERROR
  }

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final IntFunction<Answer> answers;

  /**
   * @param answers by number of the request, from 0
   */
  public Receiver(IntFunction<Answer> answers) {
    this.answers = answers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public static Receiver always(Answer answer) {
    return new Receiver(number -> answer);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Those that were answered with a success. */
  public List<Request> accepted() {
    return requests.stream().filter(Request::accepted).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Answer answer = answers.apply(asked.getAndIncrement());
    requests.add(
        new Request(
            exchange.getRequestURI().getPath(),
            Map.copyOf(exchange.getRequestHeaders()),
            body,
            answer == Answer.OK || answer == Answer.SLOW_BODY));
    try (exchange) {
      switch (answer) {
        case OK -> say(exchange, 200, "ok");
        case TOO_MANY -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          say(exchange, 429, "slowly");
        }
        case ERROR -> say(exchange, 500, "out\nof\norder");
        case REFUSED -> say(exchange, 404, "no such hook");
        case REDIRECT -> {
          exchange.getResponseHeaders().set("Location", url());
          say(exchange, 302, "");
        }
        case SILENCE -> closed.await(30, TimeUnit.SECONDS);
        case SLOW_BODY -> trickle(exchange, 200);
        case SLOW_ERROR -> trickle(exchange, 503);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void trickle(HttpExchange exchange, int status) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(status, 0);
    OutputStream out = exchange.getResponseBody();
    while (!closed.await(50, TimeUnit.MILLISECONDS)) {
      out.write('x');
      out.flush();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
