package io.tidewatch.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.testkit.process.Server;
import io.tidewatch.testkit.process.Supervisor;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ResourcesTest {
  @Test
  void serversThatCannotBeLookedAtHideNeitherTheOthersNorLaterLooks() {
    AtomicLong asked = new AtomicLong();
    try (Supervisor supervisor = new Supervisor();
        Resources resources = new Resources(supervisor)) {
      supervisor.watch(
          server(
              "starting",
              () -> {
                throw new IllegalStateException("no process yet");
              }));
      supervisor.watch(
          server(
              "ending",
              () ->
                  process(
                      () -> {
                        throw new IllegalStateException("no pid any more");
                      })));
      supervisor.watch(server("running", () -> process(asked::incrementAndGet)));

      resources.look();
      resources.look();
    }

    assertThat(asked).hasValue(2);
  }

  /** That is alive, and tells nothing but its process. */
  private static Server server(String name, Supplier<ProcessHandle> process) {
    return proxy(
        Server.class,
        method ->
            switch (method) {
              case "name" -> name;
              case "isAlive" -> true;
              case "process" -> Optional.of(process.get());
              default -> null;
            });
  }

  private static ProcessHandle process(Supplier<Long> pid) {
    return proxy(ProcessHandle.class, method -> method.equals("pid") ? pid.get() : null);
  }

  private static <T> T proxy(Class<T> type, Function<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.apply(method.getName())));
  }
}
