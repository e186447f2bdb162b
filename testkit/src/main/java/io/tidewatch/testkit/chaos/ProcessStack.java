package io.tidewatch.testkit.chaos;

import static org.awaitility.Awaitility.await;

import io.tidewatch.embedded.EmbeddedDatabase;
import io.tidewatch.embedded.KafkaProgram;
import io.tidewatch.testkit.FlinkCommands;
import io.tidewatch.testkit.FlinkProcesses;
import io.tidewatch.testkit.LoopbackPorts;
import io.tidewatch.testkit.TcpProxy;
import io.tidewatch.testkit.TestDatabase;
import io.tidewatch.testkit.process.DatabaseServer;
import io.tidewatch.testkit.process.ServerProcess;
import io.tidewatch.testkit.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka, PostgreSQL, ZooKeeper, a JobManager that may die and two TaskManagers, each a process of
 * its own on loopback, supervised. About 3 GB of memory. Everything lies below one folder, but for
 * a database on a server that somebody names.
 */
public final class ProcessStack implements AutoCloseable {
  public static final String KAFKA = "kafka";
  public static final String DATABASE = "database";

  /** What lies between the jobs and PostgreSQL; frozen, it is slow. */
  public static final String DATABASE_NETWORK = "database-network";

  /** The folder to which checkpoints go. */
  public static final String CHECKPOINTS = "checkpoints";

  public static final String JOB_MANAGER = "jobmanager";
  public static final List<String> TASK_MANAGERS = List.of("taskmanager-0", "taskmanager-1");

  private static final Logger LOG = LoggerFactory.getLogger(ProcessStack.class);
  private static final Duration NETWORK_DELAY = Duration.ofMillis(200);
  private static final Duration START_TIMEOUT = Duration.ofMinutes(20);

  /** Admits the largest message that a test refuses. */
  private static final String LARGEST_MESSAGE_BYTES = Integer.toString(32 << 20);

  private final Supervisor supervisor;
  private final Thread atExit;
  private final String bootstrapServers;
  private final TestDatabase database;
  private final TcpProxy network;
  private final FlinkProcesses flink;

  private ProcessStack(
      Supervisor supervisor,
      Thread atExit,
      String bootstrapServers,
      TestDatabase database,
      TcpProxy network,
      FlinkProcesses flink) {
    this.supervisor = supervisor;
    this.atExit = atExit;
    this.bootstrapServers = bootstrapServers;
    this.database = database;
    this.network = network;
    this.flink = flink;
  }

  /**
   * Starts all and waits until they can be used. What has started is ended again when the rest does
   * not.
   *
   * @param lib the jars of a Flink distribution
   * @param shippedConf folder with the {@code config.yaml} that users run
   * @param folder an existing, empty folder
   * @param overrides settings of Flink that win over the shipped ones
   * @param databaseServer JDBC URL of a server that is used instead of an own one: it is not
   *     touched, and faults of the database are such of the way to it
   */
  public static ProcessStack start(
      Path lib,
      Path shippedConf,
      Path folder,
      Map<String, String> overrides,
      Optional<String> databaseServer)
      throws IOException {
    Supervisor supervisor = new Supervisor();
    Thread atExit = new Thread(supervisor::close, "process-stack-exit");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      int kafkaPort = LoopbackPorts.free();
      String bootstrapServers = "127.0.0.1:" + kafkaPort;
      supervisor.watch(kafka(folder, kafkaPort, shippedConf));
      TestDatabase database;
      TcpProxy network;
      if (databaseServer.isPresent()) {
        database = TestDatabase.createOn(databaseServer.get());
        TcpProxy server = TcpProxy.toServerOf(database.jdbcUrl());
        supervisor.watch(new ProxiedServer(DATABASE, server, TcpProxy::hang));
        network = TcpProxy.to(server.port());
      } else {
        EmbeddedDatabase embedded =
            EmbeddedDatabase.start(folder.resolve("postgres"), LoopbackPorts.free());
        supervisor.watch(new DatabaseServer(DATABASE, embedded));
        database = new TestDatabase(embedded.jdbcUrl(), embedded.user());
        network = TcpProxy.toServerOf(database.jdbcUrl());
      }
      supervisor.watch(
          new ProxiedServer(DATABASE_NETWORK, network, proxy -> proxy.delay(NETWORK_DELAY)));
      Path flinkFolder = Files.createDirectories(folder.resolve("flink"));
      int zooKeeperPort = LoopbackPorts.free();
      Map<String, String> settings =
          new HashMap<>(FlinkCommands.highAvailability(flinkFolder, zooKeeperPort));
      settings.putAll(overrides);
      FlinkCommands commands = new FlinkCommands(lib, shippedConf, flinkFolder, settings);
      supervisor.watch(new LostFolder(CHECKPOINTS, commands.checkpoints()));
      supervisor.watch(commands.zooKeeper(zooKeeperPort));
      FlinkProcesses flink = FlinkProcesses.start(commands, supervisor, TASK_MANAGERS.size());
      await("Kafka answers")
          .atMost(START_TIMEOUT)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .until(() -> answers(bootstrapServers));
      return new ProcessStack(supervisor, atExit, bootstrapServers, database, network, flink);
    } catch (Throwable e) {
      supervisor.close();
      Runtime.getRuntime().removeShutdownHook(atExit);
      throw e;
    }
  }

  private static ServerProcess kafka(Path folder, int port, Path shippedConf) {
    return new ServerProcess(
        KAFKA,
        KafkaProgram.command(
            folder.resolve("kafka"),
            port,
            LoopbackPorts.free(),
            Map.of("message.max.bytes", LARGEST_MESSAGE_BYTES),
            List.of(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-Dlog4j.configurationFile="
                    + shippedConf.resolve("log4j.properties").toAbsolutePath())),
        folder.resolve("kafka.log"),
        "Kafka Server started");
  }

  private static boolean answers(String bootstrapServers) throws Exception {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      return !admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).isEmpty();
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The way the jobs take to the database. */
  public String jdbcUrlOfJobs() {
    return network.through(database.jdbcUrl());
  }

  /** For those who look on, whatever happens to the network of the jobs. */
  public TestDatabase database() {
    return database;
  }

  public FlinkProcesses flink() {
    return flink;
  }

  /**
   * A TaskManager on which nothing runs is no victim: the same fault for one that is busy, as far
   * as that is known.
   */
  public Fault aimed(Fault fault) {
    if (!TASK_MANAGERS.contains(fault.victim())) {
      return fault;
    }
    List<String> busy = flink.busyTaskManagers();
    return busy.isEmpty() || busy.contains(fault.victim())
        ? fault
        : new Fault(fault.kind(), busy.get(0), fault.length(), fault.pause());
  }

  public Supervisor supervisor() {
    return supervisor;
  }

  @Override
  public void close() {
    supervisor.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is on its way out, its hook closes again what is closed", e);
    }
  }
}
