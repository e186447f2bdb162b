package io.tidewatch.cli.demo;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C and {@code kill} as a request to stop. A shutdown hook would run beside those of the
 * database and of Flink, which take away what a clean stop needs; a signal handler comes before.
 * The JDK has one in {@code jdk.unsupported} only, hence the reflection.
 */
final class Interrupt {
  private Interrupt() {}

  /** Runs the action, on a thread of the JVM, when the process is asked to stop. */
  static void handle(Runnable action) {
    for (String name : new String[] {"INT", "TERM"}) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy =
            Proxy.newProxyInstance(
                handler.getClassLoader(),
                new Class<?>[] {handler},
                (self, method, args) -> {
                  action.run();
                  return null;
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      } catch (ReflectiveOperationException e) {
        LoggerFactory.getLogger(Interrupt.class)
            .warn("{} ends the demo at once, this JVM has no signal handlers", name, e);
      }
    }
  }
}
