package io.tidewatch.testkit.tdengine;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Says and hears frames as they stand in the fixtures: {@code text …}, {@code binary <hex>}. */
final class FrameClient implements WebSocket.Listener, AutoCloseable {
  private static final String TEXT = "text ";
  private static final String BINARY = "binary ";

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StringBuilder begun = new StringBuilder();
  private final WebSocket socket;

  FrameClient(int port) {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), this)
            .join();
  }

  void say(String frame) {
    if (frame.startsWith(TEXT)) {
      socket.sendText(frame.substring(TEXT.length()), true).join();
    } else {
      byte[] payload = HexFormat.of().parseHex(frame.substring(BINARY.length()));
      socket.sendBinary(ByteBuffer.wrap(payload), true).join();
    }
  }

  /** The next frame; a text that says so when none comes. */
  String hear() throws InterruptedException {
    String frame = heard.poll(10, TimeUnit.SECONDS);
    return frame == null ? "no answer" : frame;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    return on(from, TEXT, part.toString(), last);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    byte[] payload = new byte[part.remaining()];
    part.get(payload);
    return on(from, BINARY, HexFormat.of().formatHex(payload), last);
  }

  private CompletionStage<?> on(WebSocket from, String kind, String part, boolean last) {
    begun.append(part);
    if (last) {
      heard.add(kind + begun);
      begun.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
