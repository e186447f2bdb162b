package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** The jar for SQL users beside Flink and nothing else of ours or of our libraries. */
class SqlJarITCase {
  private static final Path JAR =
      Path.of(
          "target", "tidewatch-udfs-%s-sql.jar".formatted(System.getProperty("tidewatch.version")));
  private static final long MOST_BYTES = 300_000;

  /** Sees what a Flink distribution has. */
  private static final class FlinkOnly extends ClassLoader {
    private static final List<String> HIDDEN =
        List.of("io.tidewatch.", "com.fasterxml.", "com.datadoghq.", "org.apache.avro.");

    FlinkOnly() {
      super(SqlJarITCase.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (HIDDEN.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    /** Services that would name classes that are hidden are hidden too. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      String ours =
          TidewatchModule.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      return Collections.enumeration(
          Collections.list(super.getResources(name)).stream()
              .filter(each -> !each.getPath().contains(ours))
              .toList());
    }
  }

  @Test
  void isSmall() throws Exception {
    assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
  }

  @Test
  void holdsAllThatItsFunctionsNeed() throws Exception {
    try (URLClassLoader jar =
        new URLClassLoader(new URL[] {JAR.toUri().toURL()}, new FlinkOnly())) {
      Module module =
          (Module)
              jar.loadClass(TidewatchModule.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(module.getClass()).isNotEqualTo(TidewatchModule.class);

      byte[] sketch = (byte[]) aggregate(module, "dd_sketch", 5.0);
      assertThat(aggregate(module, "sketch_merge", sketch)).isEqualTo(sketch);
      assertThat(call(module, "sketch_quantile", sketch, 1.0)).isEqualTo(5.0);
      assertThat(call(module, "sketch_count", sketch)).isEqualTo(1L);
      assertThat(call(module, "sketch_max", sketch)).isEqualTo(5.0);
      assertThat(aggregate(module, "window_features", 5.0))
          .isEqualTo(Row.of(5.0, null, 5.0, 5.0, 1L, 0.0));
      assertThat(aggregate(module, "frame_features", 5.0))
          .isEqualTo(Row.of(5.0, null, 5.0, 5.0, 1L, 0.0));
      assertThat(call(module, "min_max_scale", 5.0, 0.0, 10.0)).isEqualTo(0.5);
      assertThat(call(module, "z_score", 5.0, 3.0, 2.0)).isEqualTo(1.0);
      assertThat(module.listFunctions()).hasSize(9);
    }
  }

  @Test
  void isAddedInASessionAndRunsOnACluster() throws Exception {
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withClassLoader(new FlinkOnly())
                .build());
    tables.executeSql("ADD JAR '" + JAR.toAbsolutePath() + "'");
    tables.executeSql("LOAD MODULE tidewatch");

    assertThat(
            SqlRun.rows(
                tables.executeSql("SELECT MIN_MAX_SCALE(x, 0, 10) FROM (VALUES (5)) AS t(x)")))
        .containsExactly(Row.of(0.5));
  }

  private static Object call(Module module, String name, Object... arguments) throws Exception {
    FunctionDefinition function = module.getFunctionDefinition(name).orElseThrow();
    return method(function, "eval", arguments.length).invoke(function, arguments);
  }

  private static Object aggregate(Module module, String name, Object value) throws Exception {
    AggregateFunction<?, ?> function =
        (AggregateFunction<?, ?>) module.getFunctionDefinition(name).orElseThrow();
    Object accumulator = function.createAccumulator();
    method(function, "accumulate", 2).invoke(function, accumulator, value);
    return function
        .getClass()
        .getMethod("getValue", accumulator.getClass())
        .invoke(function, accumulator);
  }

  private static Method method(Object function, String name, int parameters) {
    return Arrays.stream(function.getClass().getMethods())
        .filter(each -> each.getName().equals(name) && each.getParameterCount() == parameters)
        .findFirst()
        .orElseThrow();
  }
}
