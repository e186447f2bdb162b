package io.tidewatch.cli.input;

import io.tidewatch.schemas.event.DeviceTelemetry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.hardware.VirtualMemory;
import oshi.software.os.OSFileStore;
import oshi.software.os.OperatingSystem;

/**
 * The machine on which this process runs, telemetry model {@code host}, device id the host name.
 * What the platform cannot tell is {@code NaN}, logged once; rates are {@code NaN} in the first
 * sample. The platform is asked for the first time by the first sample. For one thread.
 */
public final class HostTelemetry {
  private static final System.Logger LOG = System.getLogger(HostTelemetry.class.getName());
  private static final String MODEL = "host";

  /**
   * Interfaces made of software: what they carry never leaves the machine, or an interface made of
   * hardware counts it too.
   */
  private static final List<String> SOFTWARE_INTERFACES =
      List.of("veth", "docker", "br-", "virbr", "cni", "flannel");

  /** Disks made of other disks or of memory. */
  private static final List<String> SOFTWARE_DISKS =
      List.of("/dev/dm-", "/dev/md", "/dev/loop", "/dev/ram", "/dev/zram");

  private final Supplier<SystemInfo> platform;
  private final CounterRates diskReads = new CounterRates();
  private final CounterRates diskWrites = new CounterRates();
  private final CounterRates received = new CounterRates();
  private final CounterRates sent = new CounterRates();
  private final Set<String> unreadable = new HashSet<>();
  private @Nullable Machine machine;
  private long[] cpuTicks = {};

  public HostTelemetry() {
    this(SystemInfo::new);
  }

  HostTelemetry(Supplier<SystemInfo> platform) {
    this.platform = platform;
  }

  /**
   * One reading.
   *
   * @param eventTimeMs now, milliseconds since the epoch; rates are per second of this time
   */
  public DeviceTelemetry sample(long eventTimeMs) {
    Machine at = machine();
    List<HWDiskStore> disks = read("disks", at.hardware::getDiskStores, List.of());
    List<NetworkIF> networks = read("networks", at.hardware::getNetworkIFs, List.of());
    double[] values = {
      number("cpu_percent", () -> cpuPercent(at.hardware.getProcessor())),
      number("load_1m", () -> at.hardware.getProcessor().getSystemLoadAverage(1)[0]),
      number("memory_percent", () -> memoryPercent(at.hardware.getMemory())),
      number("swap_percent", () -> swapPercent(at.hardware.getMemory().getVirtualMemory())),
      number("disk_percent", () -> fullestPercent(at.system.getFileSystem().getFileStores(true))),
      diskReads.perSecond(diskCounters(disks, HWDiskStore::getReadBytes), eventTimeMs),
      diskWrites.perSecond(diskCounters(disks, HWDiskStore::getWriteBytes), eventTimeMs),
      received.perSecond(networkCounters(networks, NetworkIF::getBytesRecv), eventTimeMs),
      sent.perSecond(networkCounters(networks, NetworkIF::getBytesSent), eventTimeMs),
      number("processes", at.system::getProcessCount),
    };
    return new DeviceTelemetry(MODEL, at.hostName, eventTimeMs, values, at.tags, null);
  }

  /** The host name as a device id: what is neither letter, digit, dot nor hyphen is a hyphen. */
  static String deviceId(String hostName) {
    String cleaned =
        hostName
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.-]+", "-")
            .replaceAll("^[.-]+|[.-]+$", "");
    if (cleaned.isEmpty()) {
      return "localhost";
    }
    return cleaned.substring(0, Math.min(cleaned.length(), 63));
  }

  private Machine machine() {
    Machine known = machine;
    if (known == null) {
      SystemInfo info = platform.get();
      OperatingSystem system = info.getOperatingSystem();
      String hostName = read("host name", () -> system.getNetworkParams().getHostName(), "");
      String family = read("system family", system::getFamily, "unknown");
      known = new Machine(info.getHardware(), system, deviceId(hostName), Map.of("system", family));
      machine = known;
    }
    return known;
  }

  private double cpuPercent(CentralProcessor processor) {
    long[] before = cpuTicks;
    cpuTicks = processor.getSystemCpuLoadTicks();
    // OSHI reads the ticks twice a second at most; between two readings nothing is known.
    return before.length == 0 || Arrays.equals(before, cpuTicks)
        ? Double.NaN
        : percentOfShare(processor.getSystemCpuLoadBetweenTicks(before));
  }

  private static double memoryPercent(GlobalMemory memory) {
    return percent(memory.getTotal() - memory.getAvailable(), memory.getTotal());
  }

  private static double swapPercent(VirtualMemory memory) {
    return percent(memory.getSwapUsed(), memory.getSwapTotal());
  }

  private static double fullestPercent(List<OSFileStore> stores) {
    double fullest = Double.NaN;
    for (OSFileStore store : stores) {
      boolean readOnly = store.getOptions().matches("ro(,.*)?");
      if (readOnly || store.getType().equals("tmpfs")) {
        continue;
      }
      // As df: what is kept back for the administrator is neither used nor usable.
      long used = store.getTotalSpace() - store.getFreeSpace();
      double share = percent(used, used + store.getUsableSpace());
      if (!(fullest >= share)) {
        fullest = share;
      }
    }
    return fullest;
  }

  private static Map<String, Long> diskCounters(
      List<HWDiskStore> disks, ToLongFunction<HWDiskStore> counter) {
    Map<String, Long> counters = new HashMap<>();
    for (HWDiskStore disk : disks) {
      if (SOFTWARE_DISKS.stream().noneMatch(disk.getName()::startsWith)) {
        counters.put(disk.getName(), counter.applyAsLong(disk));
      }
    }
    return counters;
  }

  private static Map<String, Long> networkCounters(
      List<NetworkIF> networks, ToLongFunction<NetworkIF> counter) {
    Map<String, Long> counters = new HashMap<>();
    for (NetworkIF network : networks) {
      if (SOFTWARE_INTERFACES.stream().noneMatch(network.getName()::startsWith)) {
        counters.put(network.getName(), counter.applyAsLong(network));
      }
    }
    return counters;
  }

  private static double percent(long part, long whole) {
    return whole > 0 ? percentOfShare((double) part / (double) whole) : Double.NaN;
  }

  /** The platform's counters are not read at one instant: what sticks out of 0 to 100 is cut. */
  private static double percentOfShare(double share) {
    return Math.max(0, Math.min(100, 100 * share));
  }

  /** OSHI says "unknown" with a negative number. */
  private double number(String field, DoubleSupplier source) {
    double value = read(field, source::getAsDouble, Double.NaN);
    return value >= 0 && value < Double.POSITIVE_INFINITY ? value : Double.NaN;
  }

  private <T> T read(String what, Supplier<T> source, T unknown) {
    try {
      return source.get();
    } catch (RuntimeException | LinkageError e) {
      if (unreadable.add(what)) {
        LOG.log(System.Logger.Level.WARNING, "This machine does not tell its " + what, e);
      }
      return unknown;
    }
  }

  private record Machine(
      HardwareAbstractionLayer hardware,
      OperatingSystem system,
      String hostName,
      Map<String, String> tags) {}
}
