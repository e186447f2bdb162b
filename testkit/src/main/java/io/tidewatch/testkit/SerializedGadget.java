package io.tidewatch.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A harmless object that notices when somebody makes one of bytes or of its name: what an attacker
 * sends in its place is not harmless. Bytes of it must be refused by whoever gets them.
 */
public final class SerializedGadget implements Serializable {
  private static final long serialVersionUID = 1;
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final byte AVRO_FRAME = 0;

  /** Not {@code made()} where this class itself makes one to write it. */
  private SerializedGadget(@SuppressWarnings("unused") String onlyToBeWritten) {}

  /** For readers that make objects by the name of their class. */
  public SerializedGadget() {
    MADE.incrementAndGet();
  }

  /** Called by the serialisation of Java when it has read one. */
  private Object readResolve() {
    MADE.incrementAndGet();
    return this;
  }

  /** How many were made of bytes or of the name in this JVM. */
  public static int made() {
    return MADE.get();
  }

  /** As the serialisation of Java writes it. */
  public static byte[] java() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new SerializedGadget("written"));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** In all forms that readers of some library would make an object of, each a message. */
  public static List<byte[]> messages() {
    String name = SerializedGadget.class.getName();
    byte[] java = java();
    String base64 = Base64.getEncoder().encodeToString(java);
    return List.of(
        java,
        base64.getBytes(US_ASCII),
        ("\"" + base64 + "\"").getBytes(UTF_8),
        kryo(name),
        ByteBuffer.allocate(5 + java.length).put(AVRO_FRAME).putInt(1).put(java).array(),
        ("[\"" + name + "\",{}]").getBytes(UTF_8),
        "{\"@class\":\"%s\",\"@type\":\"%s\",\"class\":\"%s\"}"
            .formatted(name, name, name)
            .getBytes(UTF_8),
        ("!!" + name + " {}").getBytes(UTF_8),
        ("groups: !!" + name + " []").getBytes(UTF_8),
        ("groups: [!!" + name + " {name: a, rules: []}]\nmutes: [!!" + name + " {}]")
            .getBytes(UTF_8));
  }

  /** By name, whose last letter has its highest bit set, without fields. */
  private static byte[] kryo(String name) {
    byte[] text = name.getBytes(US_ASCII);
    text[text.length - 1] |= (byte) 0x80;
    return ByteBuffer.allocate(2 + text.length).put((byte) 1).put((byte) 0).put(text).array();
  }
}
