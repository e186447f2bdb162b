package io.tidewatch.testkit.tdengine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one connection to requests, and answers to frames. A frame that is neither text nor
 * binary, such as a close, or a request that is no WebSocket, ends the connection, as it does on
 * the real server.
 */
final class ConnectionHandler extends SimpleChannelInboundHandler<Object> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int QUERY = 6;
  private static final int FETCH = 7;
  private static final int BIND = 9;

  private final Session session;
  private final Function<String, @Nullable Fault> faults;
  private final Runnable ponged;

  /**
   * @param faults what becomes of a request of that action instead of an answer, or null
   * @param ponged told of each answer to a ping
   */
  ConnectionHandler(Session session, Function<String, @Nullable Fault> faults, Runnable ponged) {
    this.session = session;
    this.faults = faults;
    this.ponged = ponged;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Object message) throws IOException {
    if (message instanceof TextWebSocketFrame text) {
      read(context, JSON.readTree(text.text()));
    } else if (message instanceof BinaryWebSocketFrame binary) {
      read(context, binary.content());
    } else if (message instanceof PongWebSocketFrame) {
      ponged.run();
    } else {
      close(context);
    }
  }

  private void read(ChannelHandlerContext context, JsonNode request) {
    String action = request.path("action").asText();
    Fault fault = faults.apply(action);
    if (goesOn(context, fault)) {
      ObjectNode answer = session.answer(action, request.path("args"), refusal(fault));
      if (answer != null) {
        write(context, answer);
      }
    }
  }

  private void read(ChannelHandlerContext context, ByteBuf frame) {
    long request = frame.readLongLE();
    long resource = frame.readLongLE();
    int type = (int) frame.readLongLE();
    frame.skipBytes(Short.BYTES);
    String action = type == QUERY ? "binary_query" : type == FETCH ? "fetch" : "stmt2_bind";
    Fault fault = faults.apply(action);
    if (!goesOn(context, fault)) {
      return;
    }
    switch (type) {
      case QUERY -> write(context, session.query(request, frame, refusal(fault)));
      case FETCH ->
          context
              .writeAndFlush(new BinaryWebSocketFrame(session.fetch(request, resource)))
              .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
      case BIND -> write(context, session.bind(request, resource, frame, refusal(fault)));
      default -> close(context);
    }
  }

  private static boolean goesOn(ChannelHandlerContext context, @Nullable Fault fault) {
    if (fault instanceof Fault.Drop) {
      close(context);
    }
    return fault == null || fault instanceof Fault.Refuse;
  }

  private static @Nullable TdengineError refusal(@Nullable Fault fault) {
    return fault instanceof Fault.Refuse refuse
        ? new TdengineError(refuse.code(), refuse.message())
        : null;
  }

  private static void write(ChannelHandlerContext context, ObjectNode answer) {
    context
        .writeAndFlush(new TextWebSocketFrame(answer.toString()))
        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private static void close(ChannelHandlerContext context) {
    context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }
}
