package io.tidewatch.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryField;
import io.tidewatch.schemas.model.TelemetryModel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.OperatingSystem;

class HostTelemetryTest {
  private static final long START_MS = 1_790_000_000_000L;

  @Test
  void samplesOfThisMachineLieInTheRangesOfTheModel() throws Exception {
    TelemetryModel model = ModelFiles.models().get("host");
    HostTelemetry host = new HostTelemetry();
    host.sample(START_MS);
    burnCpu();
    DeviceTelemetry sample = host.sample(START_MS + 1_000);

    assertThat(sample.model()).isEqualTo("host");
    assertThat(sample.deviceId()).matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
    assertThat(sample.eventTimeMs()).isEqualTo(START_MS + 1_000);
    assertThat(sample.label()).isNull();
    assertThat(sample.values()).hasSize(model.fields().size());
    for (int i = 0; i < sample.values().length; i++) {
      TelemetryField field = model.fields().get(i);
      double value = sample.values()[i];
      assertThat(Double.isNaN(value) || (value >= field.min() && value <= field.max()))
          .as("%s = %s", field, value)
          .isTrue();
    }
    assertThat(value(model, sample, "cpu_percent")).isPositive();
    assertThat(value(model, sample, "memory_percent")).isBetween(0.1, 100.0);
    assertThat(value(model, sample, "processes")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void memoryAndProcessesAreThoseThatLinuxTells() throws Exception {
    Path meminfo = Path.of("/proc/meminfo");
    assumeTrue(Files.isReadable(meminfo), "no /proc/meminfo: not Linux");
    TelemetryModel model = ModelFiles.models().get("host");

    DeviceTelemetry sample = new HostTelemetry().sample(START_MS);

    double total = 0;
    double available = 0;
    for (String line : Files.readAllLines(meminfo)) {
      String[] words = line.split("\\s+", -1);
      total = words[0].equals("MemTotal:") ? Double.parseDouble(words[1]) : total;
      available = words[0].equals("MemAvailable:") ? Double.parseDouble(words[1]) : available;
    }
    assertThat(value(model, sample, "memory_percent"))
        .isCloseTo(100 * (1 - available / total), within(5.0));
  }

  @Test
  void ratesAreMissingInTheFirstSampleOnly() throws Exception {
    TelemetryModel model = ModelFiles.models().get("host");
    HostTelemetry host = new HostTelemetry();

    DeviceTelemetry first = host.sample(START_MS);
    host.sample(START_MS + 1_000);

    assertThat(value(model, first, "cpu_percent")).isNaN();
    assertThat(value(model, first, "disk_read_bytes_per_second")).isNaN();
    assertThat(value(model, first, "disk_write_bytes_per_second")).isNaN();
    assertThat(value(model, first, "network_receive_bytes_per_second")).isNaN();
    assertThat(value(model, first, "network_send_bytes_per_second")).isNaN();
  }

  @Test
  void theMedianSampleCostsLessThanFiftyMillisecondsOfProcessorTime() {
    HostTelemetry host = new HostTelemetry();
    host.sample(START_MS);
    // Not the time on the wall, which says what else this machine does.
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long[] nanos =
        IntStream.rangeClosed(1, 21)
            .mapToLong(
                i -> {
                  long before = thread.getCurrentThreadCpuTime();
                  host.sample(START_MS + i * 1_000L);
                  return thread.getCurrentThreadCpuTime() - before;
                })
            .sorted()
            .toArray();

    assertThat(nanos[10] / 1e6).as("median of %s", Arrays.toString(nanos)).isLessThan(50);
  }

  @Test
  void aMachineThatTellsNothingGivesMissingValuesNotAnException() {
    SystemInfo silent =
        new SystemInfo() {
          @Override
          public HardwareAbstractionLayer getHardware() {
            return refusing(HardwareAbstractionLayer.class);
          }

          @Override
          public OperatingSystem getOperatingSystem() {
            return refusing(OperatingSystem.class);
          }
        };

    DeviceTelemetry sample = new HostTelemetry(() -> silent).sample(START_MS);

    assertThat(Arrays.stream(sample.values())).hasSize(10).allMatch(value -> Double.isNaN(value));
    assertThat(sample.deviceId()).isEqualTo("localhost");
    assertThat(sample.tags()).isEqualTo(Map.of("system", "unknown"));
  }

  @Test
  void cleansHostNames() {
    assertThat(HostTelemetry.deviceId("Web-01.Example.org")).isEqualTo("web-01.example.org");
    assertThat(HostTelemetry.deviceId("Jürgens MacBook")).isEqualTo("j-rgens-macbook");
    assertThat(HostTelemetry.deviceId("--")).isEqualTo("localhost");
    assertThat(HostTelemetry.deviceId("")).isEqualTo("localhost");
    assertThat(HostTelemetry.deviceId("x".repeat(300))).hasSize(63);
  }

  @Test
  void ratesAreTheGrowthOfTheCountersThatStayed() {
    CounterRates rates = new CounterRates();

    assertThat(rates.perSecond(Map.of("a", 100L, "b", 50L), 1_000)).isNaN();
    assertThat(rates.perSecond(Map.of("a", 300L, "c", 9_999L), 3_000)).isEqualTo(100);
    assertThat(rates.perSecond(Map.of("a", 10L, "c", 10_099L), 4_000)).isEqualTo(100);
    assertThat(rates.perSecond(Map.of("a", 20L, "c", 10_099L), 4_000)).isNaN();
    assertThat(rates.perSecond(Map.of(), 5_000)).isNaN();
  }

  private static double value(TelemetryModel model, DeviceTelemetry sample, String name) {
    for (int i = 0; i < model.fields().size(); i++) {
      if (model.fields().get(i).name().equals(name)) {
        return sample.values()[i];
      }
    }
    throw new AssertionError("no field " + name);
  }

  private static <T> T refusing(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            }));
  }

  /** Longer than the half second for which OSHI remembers the processor's ticks. */
  private static void burnCpu() {
    long until = System.nanoTime() + 700_000_000;
    double sum = 0;
    while (System.nanoTime() < until) {
      sum += Math.sqrt(sum + 1);
    }
    assertThat(sum).isPositive();
  }
}
