package io.github.rtmjava.samediff;

import io.github.rtmjava.files.NativeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The ND4J backend on the class path.
 *
 * @param version of ND4J
 * @param cpu whether it computes on the processor
 * @param gpus what it finds otherwise
 */
record Nd4jBackend(String version, boolean cpu, List<Gpu> gpus) {

  /** Loads ND4J, natives included. Fails with whatever ND4J fails with. */
  static Nd4jBackend load() {
    NativeSettings.apply();
    Properties found = Nd4j.getExecutioner().getEnvironmentInformation();
    boolean cpu = !"CUDA".equalsIgnoreCase(found.getProperty("backend"));
    return new Nd4jBackend(versionOfNd4j(), cpu, gpus(found));
  }

  private static String versionOfNd4j() {
    String resource = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";
    Properties pom = new Properties();
    try (InputStream in = Nd4j.class.getResourceAsStream(resource)) {
      if (in != null) {
        pom.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pom.getProperty("version", "of unknown version");
  }

  private static List<Gpu> gpus(Properties found) {
    if (!(found.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY) instanceof List<?> devices)) {
      return List.of();
    }
    return IntStream.range(0, devices.size())
        .mapToObj(i -> Gpu.of(i, (Map<?, ?>) devices.get(i)))
        .toList();
  }

  /** The GPU of that number, or null. */
  @Nullable Gpu gpu(int index) {
    return index < gpus.size() ? gpus.get(index) : null;
  }

  /**
   * A CUDA device.
   *
   * @param index its number
   * @param name its name
   * @param major of its compute capability
   * @param minor of its compute capability
   */
  record Gpu(int index, String name, int major, int minor) {
    private static Gpu of(int index, Map<?, ?> device) {
      return new Gpu(
          index,
          String.valueOf(device.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)),
          number(device.get(Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY)),
          number(device.get(Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY)));
    }

    private static int number(@Nullable Object value) {
      return value instanceof Number n ? n.intValue() : 0;
    }

    /**
     * Whether the published build for CUDA 11.6 can run on it: it holds machine code for compute
     * capabilities 3.7 to 8.6, which also runs on 8.9, and none that a newer GPU could translate.
     */
    boolean served() {
      int capability = 10 * major + minor;
      return capability >= 37 && capability <= 89;
    }

    /** For example {@code cuda:0 NVIDIA A100 (compute capability 8.0)}. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "cuda:%d %s (compute capability %d.%d)", index, name, major, minor);
    }

    /** Why it cannot be used, and what can be. */
    String refusal() {
      return this
          + " cannot be used: ND4J for CUDA 11.6 holds code for compute capability 3.7 (Kepler) to"
          + " 8.9 (Ada) only; use the processor, or another engine";
    }
  }
}
