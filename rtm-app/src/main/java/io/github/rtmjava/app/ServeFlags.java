package io.github.rtmjava.app;

import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.server.config.AddressPattern;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.config.Tls;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code rtm serve}, in the groups in which its help shows them. */
final class ServeFlags {
  private ServeFlags() {}

  /** Which networks. */
  static final class Models implements GroupedOptions.Group {
    private static final String EMBEDDED = "default";

    @Option(
        names = "--model",
        paramLabel = "[NAME=]MODEL",
        description =
            "A pose model, as rtm infer takes it, and the name by which requests ask for it. Can be"
                + " repeated: the first is asked where a request names none. Default: the embedded"
                + " model, named default.")
    private List<String> models = List.of();

    @Option(
        names = "--detector",
        paramLabel = "NAME|PATH|none",
        description =
            "The detector of all models; 'none' takes boxes of requests, or the whole picture as"
                + " one person's. Default: the one that goes with each model.")
    private @Nullable String detector;

    @Option(
        names = "--flip-test",
        description = "Looks at each crop in the mirror too; takes twice the time.")
    private boolean flipTest;

    /** The models by name, in their order. */
    Map<String, PoseConfig> configs(String engine, EngineOptions how) {
      Map<String, PoseConfig> configs = new LinkedHashMap<>();
      for (String model : models.isEmpty() ? List.of(EMBEDDED) : models) {
        int sign = model.indexOf('=');
        String reference = model.substring(sign + 1);
        String name = sign < 0 ? name(reference) : model.substring(0, sign);
        if (name.isBlank() || reference.isBlank()) {
          throw new IllegalArgumentException(
              "expected --model MODEL or --model NAME=MODEL, found '%s'".formatted(model));
        }
        PoseConfig config =
            PoseConfig.of(reference)
                .withDetector(detector)
                .withEngine(engine, how)
                .withFlipTest(flipTest);
        if (configs.put(name, config) != null) {
          throw new IllegalArgumentException(
              "expected models with names of their own, found two called '%s'; name them with"
                      .formatted(name)
                  + " --model NAME=MODEL");
        }
      }
      return configs;
    }

    /** A file's name without folders and ending; any other reference as it is. */
    private static String name(String reference) {
      String last = reference.substring(reference.lastIndexOf('/') + 1);
      return last.replaceFirst("(?i)\\.(pth|pt|rtm|zip|safetensors)$", "");
    }
  }

  /** Where it listens, and who may ask. */
  static final class Access implements GroupedOptions.Group {
    @Option(
        names = "--host",
        paramLabel = "HOST",
        description =
            "Where to listen: 127.0.0.1 for this machine alone, 0.0.0.0 for all. Default:"
                + " 127.0.0.1.")
    String host = "127.0.0.1";

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "The port to listen on; 0 for any that is free. Default: 8080.")
    int port = 8080;

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        description =
            "A file of tokens, one on each line: a request needs one of them, in the header"
                + " Authorization: Bearer TOKEN.")
    private @Nullable Path tokens;

    @Option(
        names = "--no-token",
        description = "Lets others than this machine ask without a token.")
    boolean withoutToken;

    @Option(
        names = "--name",
        paramLabel = "HOST",
        description =
            "A name by which the service is reached besides --host, for example behind a proxy."
                + " Can be repeated.")
    List<String> names = List.of();

    @Option(
        names = "--origin",
        paramLabel = "ORIGIN",
        description =
            "Pages of this origin may ask too, for example https://example.org. Can be repeated.")
    List<String> origins = List.of();

    @Option(
        names = "--tls-keystore",
        paramLabel = "FILE",
        description = "Encrypts with the key and certificate of this PKCS 12 or JKS file.")
    private @Nullable Path keystore;

    @Option(
        names = "--tls-password-file",
        paramLabel = "FILE",
        description = "The first line of this file is the password of --tls-keystore.")
    private @Nullable Path password;

    @Option(
        names = "--tls-self-signed",
        description =
            "Encrypts with a certificate that is made at the start; browsers warn of it, but give"
                + " pages a camera.")
    private boolean selfSigned;

    /** The tokens of the file; none without one. */
    Set<String> tokens() throws IOException {
      Set<String> found = new LinkedHashSet<>();
      if (tokens != null) {
        Files.readAllLines(tokens).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(found::add);
        if (found.isEmpty()) {
          throw new IOException(tokens + ": expected a token on each line, found none");
        }
      }
      return found;
    }

    /** How connections are encrypted. */
    Tls tls() throws IOException {
      if (password != null && keystore == null) {
        throw new IllegalArgumentException(
            "expected --tls-keystore with --tls-password-file, found none");
      }
      if (keystore != null && selfSigned) {
        throw new IllegalArgumentException(
            "expected --tls-keystore or --tls-self-signed, found both");
      }
      if (keystore != null) {
        return new Tls.Keystore(
            keystore,
            password == null
                ? ""
                : Files.readAllLines(password).stream().findFirst().orElse("").strip());
      }
      return selfSigned ? new Tls.SelfSigned(names) : new Tls.None();
    }
  }

  /** What the service sees itself. */
  static final class Cameras implements GroupedOptions.Group {
    private static final Pattern NAMED = Pattern.compile("(?s)(?!video=)([^=/:?]*)=(.+)");

    @Option(
        names = "--camera",
        paramLabel = "[NAME=]SOURCE",
        description =
            "A camera at the server, which the page shows to everybody, and GET /v1/live gives to"
                + " programs: webcam or webcam:N, an address of rtsp, http or https (MJPEG, HLS),"
                + " or a video file, which plays over and over. Can be repeated. It is open only"
                + " while somebody watches. Default: none.")
    private List<String> cameras = List.of();

    @Option(
        names = "--camera-model",
        paramLabel = "CAMERA=MODEL",
        description =
            "The model that looks at a camera, both by name. Can be repeated. Default: the first"
                + " model looks at all of them.")
    private Map<String, String> models = Map.of();

    /** Names of models by those of the cameras that they look at. */
    Map<String, String> models() {
      return models;
    }

    /** The cameras by name, in their order. */
    Map<String, VideoSource> sources() throws IOException {
      Map<String, VideoSource> sources = new LinkedHashMap<>();
      for (String camera : cameras) {
        Matcher named = NAMED.matcher(camera);
        boolean hasName = named.matches();
        String number = sources.isEmpty() ? "" : "-" + (sources.size() + 1);
        String name = hasName ? named.group(1) : "camera" + number;
        if (sources.put(name, Inputs.stream(hasName ? named.group(2) : camera)) != null) {
          throw new IllegalArgumentException(
              "expected cameras with names of their own, found two called '%s'; name them with"
                      .formatted(name)
                  + " --camera NAME=SOURCE");
        }
      }
      return sources;
    }
  }

  /** Videos that are worked on. */
  static final class Jobs implements GroupedOptions.Group {
    @Option(
        names = "--jobs",
        paramLabel = "DIR",
        description =
            "The folder of videos that are worked on, and of their results; what is in it goes on"
                + " after a restart. Default: a temporary one that goes with the service.")
    @Nullable Path folder;

    @Option(
        names = "--allow-urls",
        paramLabel = "PATTERN",
        description =
            "Jobs may fetch videos of such addresses, for example"
                + " 'https://videos.example.org/clips/*'. Can be repeated. Default: none.")
    private List<String> urls = List.of();

    List<AddressPattern> patterns() {
      return urls.stream().map(AddressPattern::of).toList();
    }
  }

  /** How much it takes in. */
  static final class Limits implements GroupedOptions.Group {
    @Option(
        names = "--limits",
        paramLabel = "NAME=VALUE",
        split = ",",
        description =
            "How much is taken in, for example queue=64,patience=2s,upload-bytes=16m; all of them"
                + " stand in docs/service.md.")
    private List<String> limits = List.of();

    /** The usual limits with the changed ones. */
    ServerLimits limits() {
      ServerLimits changed = ServerLimits.DEFAULT;
      for (String limit : limits) {
        int sign = limit.indexOf('=');
        if (sign < 1) {
          throw new IllegalArgumentException(
              "expected --limits NAME=VALUE, found '%s'".formatted(limit));
        }
        changed = changed.with(limit.substring(0, sign).strip(), limit.substring(sign + 1));
      }
      return changed;
    }
  }
}
