package io.tidewatch.testkit;

import io.tidewatch.embedded.EmbeddedStack;
import io.tidewatch.embedded.ShippedFlinkConf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a test the embedded Kafka, PostgreSQL and Flink, with the Flink configuration that users
 * run. Started once for all test classes of a JVM, closed at its end; tests keep out of each
 * other's way by topics and databases of their own.
 */
public final class SharedStack implements ParameterResolver {
  /** Two jobs of parallelism 2 at a time. */
  private static final int SLOTS = 4;

  /** Admits the 10 MB messages that tests refuse. */
  private static final String LARGEST_MESSAGE_BYTES = Integer.toString(32 << 20);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmbeddedStack.class;
  }

  @Override
  public EmbeddedStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedStack.class))
        .getOrComputeIfAbsent(Started.class, key -> start(), Started.class)
        .stack();
  }

  private static Started start() {
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "stack-");
      Configuration shipped =
          ShippedFlinkConf.read(Path.of(System.getProperty("tidewatch.root", ".."), "flink-conf"));
      return new Started(
          folder,
          EmbeddedStack.start(
              folder, SLOTS, shipped, Map.of("message.max.bytes", LARGEST_MESSAGE_BYTES)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Started(Path folder, EmbeddedStack stack) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      stack.close();
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
                throws IOException {
              Files.delete(dir);
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }
}
