package io.github.rtmjava.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.sun.management.OperatingSystemMXBean;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineChoice;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.files.CacheFolder;
import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.ModelSource;
import io.github.rtmjava.runtime.Services;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What this installation finds on this machine.
 *
 * @param rtm version of this program
 * @param engines all on the class path
 * @param chosen the engine that runs
 * @param architectures names of the networks that can be built
 * @param modelSources what references to models are understood
 */
record Diagnosis(
    String rtm,
    Java java,
    Os os,
    Cpu cpu,
    Memory memory,
    List<EngineState> engines,
    Chosen chosen,
    OpenCv opencv,
    Cache cache,
    List<String> architectures,
    List<String> modelSources) {

  /** The Java that runs this program. */
  record Java(String version, String vendor, String vm, String home) {}

  /** The operating system. */
  record Os(String name, String version, String arch) {}

  /** Bytes of the machine, or of the container, and the most that Java's heap may take. */
  record Memory(long total, long free, long heapLimit) {}

  /** An engine and whether it can run. */
  record EngineState(String name, boolean usable, String device, String details) {}

  /**
   * The choice.
   *
   * @param engine null if none can run
   * @param reason why this one, or why none
   */
  record Chosen(@Nullable String engine, String reason) {}

  /**
   * The library for pictures.
   *
   * @param usable whether its native part loads
   * @param details its version, or why it does not load
   */
  record OpenCv(boolean usable, String details) {}

  /**
   * The folder for what is kept between runs.
   *
   * @param exists whether it is there; it is made when it is needed
   * @param free bytes on its disk; -1 if unknown
   */
  record Cache(String folder, boolean exists, long free) {}

  /**
   * Looks at everything; loads every engine's natives.
   *
   * @param engine asked for, or {@code auto}
   * @param device asked for, or {@code auto}
   */
  static Diagnosis here(String engine, String device) throws IOException {
    return new Diagnosis(
        Version.number(),
        new Java(
            property("java.version"),
            property("java.vendor"),
            property("java.vm.name"),
            property("java.home")),
        new Os(property("os.name"), property("os.version"), property("os.arch")),
        Cpu.here(),
        memoryHere(),
        Engines.all().stream().map(Diagnosis::state).toList(),
        choice(engine, device),
        openCv(),
        cache(CacheFolder.here()),
        Architectures.all().stream().map(Architecture::name).sorted().toList(),
        Services.all(ModelSource.class).stream()
            .sorted(Comparator.comparingInt(ModelSource::order))
            .map(ModelSource::understands)
            .toList());
  }

  /** Where to read on about what is wrong; empty if nothing is. */
  @JsonProperty
  List<Advice> advice() {
    return Advice.of(engines, opencv, Advice.hasNvidiaDriver());
  }

  /** Whether the main job can be done here. */
  boolean healthy() {
    return chosen.engine != null && opencv.usable;
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static Memory memoryHere() {
    long heap = Runtime.getRuntime().maxMemory();
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? new Memory(system.getTotalMemorySize(), system.getFreeMemorySize(), heap)
        : new Memory(-1, -1, heap);
  }

  private static EngineState state(Engine engine) {
    EngineProbe probe = engine.probe();
    return new EngineState(engine.name(), probe.usable(), probe.device(), probe.details());
  }

  private static Chosen choice(String engine, String device) {
    try {
      EngineChoice choice = Engines.choose(engine, device);
      return new Chosen(choice.engine().name(), choice.reason());
    } catch (EngineException e) {
      return new Chosen(null, Errors.line(e));
    }
  }

  private static OpenCv openCv() throws IOException {
    try (InputStream in =
        Canvas.class.getResourceAsStream("/META-INF/maven/org.bytedeco/opencv/pom.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      Canvas.blank(1, 1, 0).close();
      return new OpenCv(true, "OpenCV " + properties.getProperty("version", "of unknown version"));
    } catch (LinkageError | RuntimeException e) {
      return new OpenCv(false, "does not load: " + Errors.line(String.valueOf(e.getMessage())));
    }
  }

  private static Cache cache(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    long free;
    try {
      free = Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      free = -1;
    }
    return new Cache(folder.toString(), Files.isDirectory(folder), free);
  }
}
