package io.github.rtmjava.server.config;

import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.video.VideoSource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything that a service is started with; unchangeable. */
public final class ServerOptions {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  private static final Pattern CAMERA = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

  /** The shortest token that is taken. */
  public static final int SHORTEST_TOKEN = 16;

  /** On this machine alone, at port 8080, with the embedded models. */
  public static final ServerOptions DEFAULT = new ServerOptions(new Draft());

  private final String host;
  private final int port;
  private final Map<String, PoseConfig> models;
  private final Set<String> tokens;
  private final boolean withoutToken;
  private final Set<String> names;
  private final Set<String> origins;
  private final Tls tls;
  private final ServerLimits limits;
  private final @Nullable Path jobs;
  private final List<AddressPattern> urls;
  private final Map<String, VideoSource> cameras;
  private final Map<String, String> cameraModels;

  /** Options that are being made. */
  private static final class Draft {
    private String host = "127.0.0.1";
    private int port = 8080;
    private Map<String, PoseConfig> models = Map.of("default", PoseConfig.of("default"));
    private Set<String> tokens = Set.of();
    private boolean withoutToken;
    private Set<String> names = Set.of();
    private Set<String> origins = Set.of();
    private Tls tls = new Tls.None();
    private ServerLimits limits = ServerLimits.DEFAULT;
    private @Nullable Path jobs;
    private List<AddressPattern> urls = List.of();
    private Map<String, VideoSource> cameras = Map.of();
    private Map<String, String> cameraModels = Map.of();
  }

  private ServerOptions(Draft draft) {
    host = draft.host;
    port = draft.port;
    models = Collections.unmodifiableMap(new LinkedHashMap<>(draft.models));
    tokens = Set.copyOf(draft.tokens);
    withoutToken = draft.withoutToken;
    names = Set.copyOf(draft.names);
    origins = Set.copyOf(draft.origins);
    tls = draft.tls;
    limits = draft.limits;
    jobs = draft.jobs;
    urls = List.copyOf(draft.urls);
    cameras = Collections.unmodifiableMap(new LinkedHashMap<>(draft.cameras));
    cameraModels = Map.copyOf(draft.cameraModels);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("expected a port of 0 to 65535, found " + port);
    }
    if (models.isEmpty()) {
      throw new IllegalArgumentException("expected at least one model, found none");
    }
    for (String camera : cameras.keySet()) {
      if (!CAMERA.matcher(camera).matches()) {
        throw new IllegalArgumentException(
            ("expected a camera's name of at most 64 letters, digits, dots, hyphens and"
                    + " underscores, found '%s'")
                .formatted(camera));
      }
    }
    cameraModels.forEach(
        (camera, model) -> {
          requireKnown("camera", camera, cameras.keySet());
          requireKnown("model", model, models.keySet());
        });
    for (String token : tokens) {
      if (token.length() < SHORTEST_TOKEN) {
        throw new IllegalArgumentException(
            "expected tokens of at least %s characters, found one of %s"
                .formatted(SHORTEST_TOKEN, token.length()));
      }
    }
  }

  private static void requireKnown(String kind, String name, Set<String> known) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "expected a %s out of %s, found '%s'".formatted(kind, String.join(", ", known), name));
    }
  }

  private ServerOptions with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.host = host;
    draft.port = port;
    draft.models = models;
    draft.tokens = tokens;
    draft.withoutToken = withoutToken;
    draft.names = names;
    draft.origins = origins;
    draft.tls = tls;
    draft.limits = limits;
    draft.jobs = jobs;
    draft.urls = urls;
    draft.cameras = cameras;
    draft.cameraModels = cameraModels;
    change.accept(draft);
    return new ServerOptions(draft);
  }

  /**
   * A name or address of this machine to listen on: {@code 127.0.0.1} for nobody else, {@code
   * 0.0.0.0} for everybody.
   */
  public String host() {
    return host;
  }

  /** The port to listen on; 0 for any that is free. */
  public int port() {
    return port;
  }

  /** What a request may ask for by name, the first one where it names none. */
  public Map<String, PoseConfig> models() {
    return models;
  }

  /** Tokens of which a request needs one; none for requests without. */
  public Set<String> tokens() {
    return tokens;
  }

  /** Whether hosts other than this machine may ask without token. */
  public boolean withoutToken() {
    return withoutToken;
  }

  /** Names by which the service is reached besides {@link #host}, for example behind a proxy. */
  public Set<String> names() {
    return names;
  }

  /**
   * Origins of pages that may ask besides the service's own, for example {@code
   * https://example.org}.
   */
  public Set<String> origins() {
    return origins;
  }

  /** How connections are encrypted. */
  public Tls tls() {
    return tls;
  }

  /** How much is taken in. */
  public ServerLimits limits() {
    return limits;
  }

  /**
   * The folder of videos that are worked on, and of their results, which outlives the service; null
   * for one that goes with it.
   */
  public @Nullable Path jobs() {
    return jobs;
  }

  /** Addresses of videos that jobs may fetch; empty for none. */
  public List<AddressPattern> urls() {
    return urls;
  }

  /**
   * What the service sees itself, by names of letters, digits, dots, hyphens and underscores; a
   * file or folder plays over and over.
   */
  public Map<String, VideoSource> cameras() {
    return cameras;
  }

  /** Names of the models that look at cameras, by those of the cameras; the first at others. */
  public Map<String, String> cameraModels() {
    return cameraModels;
  }

  /**
   * Refuses what would be open to everybody unasked.
   *
   * @throws IllegalArgumentException if others can reach the service, and need no token although
   *     nobody said so
   */
  public void requireSafe() {
    if (!LOOPBACK.contains(host) && tokens.isEmpty() && !withoutToken) {
      throw new IllegalArgumentException(
          ("others could reach %s without a token: give a file of tokens (--token-file), or say"
                  + " --no-token")
              .formatted(host));
    }
  }

  /** Whether only this machine can reach the service. */
  public boolean isLoopback() {
    return LOOPBACK.contains(host);
  }

  /** Name of the model that is asked where a request names none. */
  public String firstModel() {
    return models.keySet().iterator().next();
  }

  /** The same at another place. */
  public ServerOptions at(String otherHost, int otherPort) {
    return with(
        draft -> {
          draft.host = otherHost;
          draft.port = otherPort;
        });
  }

  /** The same with other models, in this order. */
  public ServerOptions withModels(Map<String, PoseConfig> others) {
    return with(draft -> draft.models = others);
  }

  /** The same with these tokens. */
  public ServerOptions withTokens(Set<String> others) {
    return with(draft -> draft.tokens = others);
  }

  /** The same where others may ask without token, or not. */
  public ServerOptions withoutToken(boolean without) {
    return with(draft -> draft.withoutToken = without);
  }

  /** The same, reached by these names too. */
  public ServerOptions withNames(List<String> others) {
    return with(draft -> draft.names = Set.copyOf(others));
  }

  /** The same, open to pages of these origins too. */
  public ServerOptions withOrigins(List<String> others) {
    return with(draft -> draft.origins = Set.copyOf(others));
  }

  /** The same with other encryption. */
  public ServerOptions withTls(Tls other) {
    return with(draft -> draft.tls = other);
  }

  /** The same with other limits. */
  public ServerOptions withLimits(ServerLimits others) {
    return with(draft -> draft.limits = others);
  }

  /** The same with another folder of jobs. */
  public ServerOptions withJobs(@Nullable Path folder) {
    return with(draft -> draft.jobs = folder);
  }

  /** The same where jobs may fetch videos of these addresses. */
  public ServerOptions withUrls(List<AddressPattern> others) {
    return with(draft -> draft.urls = others);
  }

  /** The same with these cameras, in this order. */
  public ServerOptions withCameras(Map<String, VideoSource> others) {
    return with(draft -> draft.cameras = others);
  }

  /**
   * The same where these models look at these cameras, both by name.
   *
   * @throws IllegalArgumentException if there is none of that name: cameras and models come first
   */
  public ServerOptions withCameraModels(Map<String, String> others) {
    return with(draft -> draft.cameraModels = others);
  }

  /** Without what is nobody else's to know: tokens, and where cameras are. */
  @Override
  public String toString() {
    return "ServerOptions[%s:%s, models %s, %s tokens, cameras %s, %s]"
        .formatted(host, port, models.keySet(), tokens.size(), cameras.keySet(), limits);
  }
}
