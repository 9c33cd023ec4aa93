package io.github.rtmjava.server.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much a service takes upon itself; what is beyond is refused at once.
 *
 * @param queue pictures and frames of all callers that are waiting or being computed at most
 * @param patience how long a picture may have to wait for those before it, by what is measured
 * @param uploadBytes of one request's body at most
 * @param bytes of all bodies that are in memory at a time at most
 * @param uploadTime how long a body may take to arrive
 * @param pixels of one picture at most, by its header
 * @param pictures of one request at most
 * @param connections that are open at a time at most
 * @param streams that are open at a time at most
 * @param streamsPerClient of one address at most
 * @param framesInFlight of one stream that wait or are computed at a time at most
 * @param frameBytes of one frame of a stream at most
 * @param streamIdle after which a stream that says nothing is closed
 * @param watchers of cameras at the server that are there at a time at most
 * @param watchersPerClient of one address at most
 * @param recordings of one address that are kept at a time at most; the oldest makes room
 * @param recordFrames of one recording at most
 * @param recordBytes of all recordings together at most, on disk
 * @param recordAge how long a recording is kept once it has ended
 * @param drain how long accepted work may take when the service is to end
 * @param jobs videos that wait or are computed at a time at most
 * @param jobsAtOnce videos that are computed at a time at most
 * @param jobBytes of one uploaded video at most
 * @param jobAge how long the files of a job are kept once it has ended
 * @param resultsBytes of the files of all jobs that have ended at most; the oldest go first, the
 *     last one stays
 * @param memory bytes of the native memory of all models together at most
 */
public record ServerLimits(
    int queue,
    Duration patience,
    long uploadBytes,
    long bytes,
    Duration uploadTime,
    long pixels,
    int pictures,
    int connections,
    int streams,
    int streamsPerClient,
    int framesInFlight,
    long frameBytes,
    Duration streamIdle,
    int watchers,
    int watchersPerClient,
    int recordings,
    int recordFrames,
    long recordBytes,
    Duration recordAge,
    Duration drain,
    int jobs,
    int jobsAtOnce,
    long jobBytes,
    Duration jobAge,
    long resultsBytes,
    long memory) {
  /** Engines of a process that ends wait for a minute at most. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(50);

  private static final long MIB = 1L << 20;

  /** What suits a machine with a few processors. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(
          256,
          Duration.ofSeconds(10),
          64 * MIB,
          512 * MIB,
          Duration.ofSeconds(30),
          50_000_000,
          64,
          512,
          128,
          8,
          2,
          4 * MIB,
          Duration.ofSeconds(60),
          64,
          16,
          8,
          18_000,
          1024 * MIB,
          Duration.ofHours(1),
          Duration.ofSeconds(30),
          8,
          1,
          4096 * MIB,
          Duration.ofHours(24),
          16_384 * MIB,
          4096 * MIB);

  public ServerLimits {
    positive("queue", queue);
    positive("patience", patience);
    positive("upload-bytes", uploadBytes);
    positive("bytes", bytes);
    positive("upload-time", uploadTime);
    positive("pixels", pixels);
    positive("pictures", pictures);
    positive("connections", connections);
    positive("streams", streams);
    positive("streams-per-client", streamsPerClient);
    positive("frames-in-flight", framesInFlight);
    positive("frame-bytes", frameBytes);
    positive("stream-idle", streamIdle);
    positive("watchers", watchers);
    positive("watchers-per-client", watchersPerClient);
    positive("recordings", recordings);
    positive("record-frames", recordFrames);
    positive("record-bytes", recordBytes);
    positive("record-age", recordAge);
    positive("drain", drain);
    positive("jobs", jobs);
    positive("jobs-at-once", jobsAtOnce);
    positive("job-bytes", jobBytes);
    positive("job-age", jobAge);
    positive("results-bytes", resultsBytes);
    positive("memory", memory);
    if (drain.compareTo(LONGEST_DRAIN) > 0) {
      throw new IllegalArgumentException(
          "expected a drain of at most %s s, found %s s; engines end soon after"
              .formatted(LONGEST_DRAIN.toSeconds(), drain.toSeconds()));
    }
    if (uploadBytes > bytes) {
      throw new IllegalArgumentException(
          "expected upload-bytes of at most bytes (%s), found %s".formatted(bytes, uploadBytes));
    }
    if (uploadBytes > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "expected upload-bytes of less than 1024m, found " + uploadBytes);
    }
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "expected %s of at least 1, found %s".formatted(name, value));
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "expected %s of more than 0, found %s".formatted(name, value));
    }
  }

  /** The names as {@link #with} takes them, in the order of the record. */
  public static List<String> names() {
    return Arrays.stream(ServerLimits.class.getRecordComponents())
        .map(component -> hyphenated(component.getName()))
        .toList();
  }

  /**
   * The same with one limit changed.
   *
   * @param name of a component with hyphens, for example {@code upload-bytes}
   * @param value a number, for bytes with {@code k}, {@code m} or {@code g}, for times with {@code
   *     ms}, {@code s}, {@code min} or {@code h}
   * @throws IllegalArgumentException if there is no such limit, or the value is none for it
   */
  public ServerLimits with(String name, String value) {
    var components = ServerLimits.class.getRecordComponents();
    Object[] values = new Object[components.length];
    boolean found = false;
    try {
      for (int i = 0; i < components.length; i++) {
        boolean here = hyphenated(components[i].getName()).equals(name);
        found |= here;
        values[i] =
            here
                ? Quantities.parse(name, value, components[i].getType())
                : components[i].getAccessor().invoke(this);
      }
      if (!found) {
        throw new IllegalArgumentException(
            "expected a limit out of %s, found '%s'"
                .formatted(names().stream().collect(Collectors.joining(", ")), name));
      }
      Class<?>[] types =
          Arrays.stream(components).map(c -> (Class<?>) c.getType()).toArray(Class<?>[]::new);
      return ServerLimits.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e);
    }
  }

  private static String hyphenated(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
