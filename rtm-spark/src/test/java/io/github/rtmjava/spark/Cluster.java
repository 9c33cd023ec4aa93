package io.github.rtmjava.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.jspecify.annotations.Nullable;

/**
 * A standalone cluster of Spark on this machine: its own master and workers as processes, started
 * out of a folder like that of a Spark that is unpacked from its archive, without the classes of
 * this project. What is submitted brings them in one jar.
 */
final class Cluster implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int WAIT_SECONDS = 60;

  /** Of jars of the test's class path that no Spark has. */
  private static final List<String> OURS =
      List.of(
          "io/github/rtmjava",
          "org/bytedeco",
          "org/nd4j",
          "org/ejml",
          "org/knowm",
          "net/java/dev/jna",
          "info/picocli",
          "me/tongfei",
          "junit",
          "com/tngtech",
          "hadoop-client-minicluster",
          "/target/");

  private final Path folder;
  private final Path home;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /** Starts a master. */
  Cluster(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    home = folder.resolve("spark");
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path jar : classPath()) {
      if (isOfSpark(jar)) {
        Path link = jars.resolve(jar.getFileName());
        if (!Files.exists(link)) {
          put(jar, link);
        }
      }
    }
    port = freePort();
    start(
        "master",
        Map.of(),
        "org.apache.spark.deploy.master.Master",
        "--host",
        LOOPBACK,
        "--port",
        Integer.toString(port),
        "--webui-port",
        "0");
    await("a master", this::listens);
  }

  private static void put(Path jar, Path place) throws IOException {
    try {
      Files.createLink(place, jar);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(jar, place);
    }
  }

  private static boolean isOfSpark(Path jar) {
    String name = jar.toString().replace('\\', '/');
    return name.endsWith(".jar") && OURS.stream().noneMatch(name::contains);
  }

  /** A worker of one processor, with a cache folder of its own as on a machine of its own. */
  Process worker(String name) throws IOException {
    return start(
        name,
        Map.of("RTM_CACHE", folder.resolve(name + "-cache").toString()),
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        LOOPBACK,
        "--webui-port",
        "0",
        "--cores",
        "1",
        "--memory",
        "2g",
        "--work-dir",
        folder.resolve(name + "-work").toString(),
        address());
  }

  Path cacheOf(String worker) {
    return folder.resolve(worker + "-cache");
  }

  /** {@code spark-submit} of the assembly jar; what it prints goes into a file of that name. */
  Process submit(String name, List<String> settings, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", address()));
    List<String> usual =
        List.of(
            "spark.driver.host=" + LOOPBACK,
            "spark.driver.bindAddress=" + LOOPBACK,
            "spark.ui.enabled=false",
            "spark.executor.memory=1g",
            "spark.executor.cores=1",
            "spark.sql.shuffle.partitions=2");
    Stream.concat(usual.stream(), settings.stream())
        .forEach(setting -> all.addAll(List.of("--conf", setting)));
    all.addAll(List.of("--class", "io.github.rtmjava.spark.Batch", assembly().toString()));
    all.addAll(List.of(words));
    return start(name, Map.of(), "org.apache.spark.deploy.SparkSubmit", all.toArray(String[]::new));
  }

  /** What a process has printed. */
  String said(String name) throws IOException {
    return Files.readString(log(name));
  }

  /** The processes of executors below a worker. */
  static List<ProcessHandle> executors(Process worker) {
    return worker
        .descendants()
        .filter(
            child ->
                child
                    .info()
                    .commandLine()
                    .filter(line -> line.contains("CoarseGrainedExecutorBackend"))
                    .isPresent())
        .toList();
  }

  /** Kills a process at once, as nobody can refuse. */
  static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  static void await(String what, Callable<Boolean> there) throws Exception {
    await(what, there, WAIT_SECONDS);
  }

  static void await(String what, Callable<Boolean> there, int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!there.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited for %s for %s s".formatted(what, seconds));
      }
      Thread.sleep(50);
    }
  }

  /** The jar that the profile assembly builds, or another one by the property. */
  static Path assembly() throws IOException {
    String named = System.getProperty("rtm.cluster.assembly", "");
    if (!named.isEmpty()) {
      return Path.of(named).toAbsolutePath();
    }
    try (Stream<Path> all = Files.list(Path.of("target"))) {
      Optional<Path> found =
          all.filter(file -> file.toString().endsWith("-assembly.jar")).findFirst();
      return found
          .orElseThrow(() -> new IOException("build it with the profile assembly first"))
          .toAbsolutePath();
    }
  }

  private String address() {
    return "spark://%s:%s".formatted(LOOPBACK, port);
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private Process start(String name, Map<String, String> environment, String main, String... words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-Xmx512m", "-cp", home.resolve("jars") + "/*", main));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(name).toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static List<Path> classPath() {
    @Nullable String known = System.getProperty("surefire.test.class.path");
    String path = known == null ? System.getProperty("java.class.path") : known;
    return Stream.of(path.split(java.io.File.pathSeparator, -1)).map(Path::of).toList();
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    processes.forEach(process -> process.onExit().join());
  }
}
