package io.tidewatch.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.cli.input.ApiTraffic;
import io.tidewatch.cli.input.Fault;
import io.tidewatch.cli.input.HostTelemetry;
import io.tidewatch.cli.input.Replay;
import io.tidewatch.cli.input.ReplayRecord;
import io.tidewatch.cli.input.WeldingFleet;
import io.tidewatch.schemas.codec.ApiLatencyCodec;
import io.tidewatch.schemas.codec.TelemetryCodec;
import io.tidewatch.schemas.event.ApiLatency;
import io.tidewatch.schemas.event.DeviceTelemetry;
import io.tidewatch.schemas.model.TelemetryModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the demo's inputs to Kafka: this machine once a second, simulated devices and requests ten
 * times a second, now and then a broken and a late message, and a replay.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is kept for check()
final class Feeder implements AutoCloseable {
  private static final int DEVICES = 8;
  private static final long TICK_MS = 100;
  private static final long HOST_MS = 1000;

  /** One broken message of each kind in this time. */
  private static final long BROKEN_MS = 5000;

  /** One late record of each kind in this time. */
  private static final long LATE_MS = 7000;

  /** Older than any window of the demo that may still be open. */
  private static final long LATE_BY_MS = 120_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final TelemetryCodec telemetryCodec;
  private final ApiLatencyCodec latencyCodec = new ApiLatencyCodec();
  private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(3);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final WeldingFleet fleet;
  private final ApiTraffic traffic;
  private final HostTelemetry host = new HostTelemetry();
  private final long startMs;
  private long trafficUntilMs;

  Feeder(String bootstrapServers, TelemetryModels models, long seed) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.telemetryCodec = new TelemetryCodec(models);
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.startMs = System.currentTimeMillis();
    this.trafficUntilMs = startMs;
    this.fleet = new WeldingFleet(DEVICES, seed, startMs);
    this.traffic = new ApiTraffic(seed, startMs);
  }

  /** When the simulation began; the faults count from there. */
  long startMs() {
    return startMs;
  }

  List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(fleet.faults());
    faults.addAll(traffic.faults());
    return faults;
  }

  void start(@Nullable Replay replay) {
    every(0, TICK_MS, this::simulate);
    every(0, HOST_MS, () -> send(host.sample(System.currentTimeMillis())));
    every(BROKEN_MS, BROKEN_MS, this::sendBroken);
    if (replay != null) {
      threads.execute(guarded(() -> sendNext(replay)));
    }
  }

  /**
   * Sends late records from now on, the first before this returns. A record is late only for a job
   * whose watermark has gone on: each job must have written a row.
   */
  void startLate() {
    sendLate();
    every(LATE_MS, LATE_MS, this::sendLate);
  }

  /**
   * @throws IllegalStateException when an input could not be written
   */
  void check() {
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("an input of the demo failed", cause);
    }
  }

  private void simulate() {
    long nowMs = System.currentTimeMillis();
    if (nowMs <= trafficUntilMs) {
      return; // the clock of the machine was set back
    }
    fleet.tick(nowMs).forEach(this::send);
    traffic.between(trafficUntilMs, nowMs).forEach(this::send);
    trafficUntilMs = nowMs;
  }

  private void sendBroken() {
    byte[] cut = "{\"model\":\"welding\",\"device_id\":\"weld-sim-0".getBytes(UTF_8);
    send(DemoTopics.TELEMETRY, "weld-sim-01", cut);
    send(
        DemoTopics.LATENCY,
        "shop-sim",
        "{\"service\":\"shop-sim\",\"duration_ms\":".getBytes(UTF_8));
  }

  private void sendLate() {
    long lateMs = System.currentTimeMillis() - LATE_BY_MS;
    send(
        new DeviceTelemetry(
            "welding",
            "weld-sim-01",
            lateMs,
            new double[] {180, 24, 60, 2},
            Map.of("simulated", "true"),
            "0"));
    send(new ApiLatency("shop-sim", "/checkout", "POST", 200, 50, lateMs, null));
  }

  /** Sends what is due, then comes back when the next one is. */
  private void sendNext(Replay replay) {
    while (!threads.isShutdown() && replay.hasNext()) {
      ReplayRecord record = replay.next();
      long waitMs = record.eventTimeMs() - System.currentTimeMillis();
      if (waitMs > 0) {
        threads.schedule(
            guarded(
                () -> {
                  send(record);
                  sendNext(replay);
                }),
            waitMs,
            TimeUnit.MILLISECONDS);
        return;
      }
      send(record);
    }
    replay.close();
  }

  private void send(ReplayRecord record) {
    if (record instanceof ReplayRecord.Telemetry telemetry) {
      send(telemetry.reading());
    } else if (record instanceof ReplayRecord.Latency latency) {
      send(latency.request());
    }
  }

  private void send(DeviceTelemetry record) {
    send(DemoTopics.TELEMETRY, record.deviceId(), telemetryCodec.encode(record));
  }

  private void send(ApiLatency request) {
    send(DemoTopics.LATENCY, request.endpoint(), latencyCodec.encode(request));
  }

  private void send(String topic, String key, byte[] value) {
    producer.send(
        new ProducerRecord<>(topic, key.getBytes(UTF_8), value),
        (metadata, refused) -> {
          if (refused != null) {
            failure.compareAndSet(null, refused);
          }
        });
  }

  private void every(long firstMs, long periodMs, Runnable task) {
    threads.scheduleAtFixedRate(guarded(task), firstMs, periodMs, TimeUnit.MILLISECONDS);
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
    };
  }

  /** Returns when all that was sent is in Kafka. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("an input of the demo did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
