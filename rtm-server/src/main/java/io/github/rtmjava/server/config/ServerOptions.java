package io.github.rtmjava.server.config;

import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.video.VideoSource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a service is started with.
 *
 * @param host to listen on: a name or address of this machine; {@code 127.0.0.1} for nobody else,
 *     {@code 0.0.0.0} for everybody
 * @param port to listen on; 0 for any that is free
 * @param models what a request may ask for by name, the first one where it names none
 * @param tokens of which a request needs one; none for requests without
 * @param withoutToken whether hosts other than this machine may ask without token
 * @param names by which the service is reached besides {@code host}, for example behind a proxy
 * @param origins of pages that may ask besides the service's own, for example {@code
 *     https://example.org}
 * @param tls how connections are encrypted
 * @param limits how much is taken in
 * @param jobs the folder of videos that are worked on, and of their results, which outlives the
 *     service; null for one that goes with it
 * @param urls addresses of videos that jobs may fetch; empty for none
 * @param cameras what the service sees itself, by names of letters, digits, dots, hyphens and
 *     underscores; a file or folder plays over and over
 */
public record ServerOptions(
    String host,
    int port,
    Map<String, PoseConfig> models,
    Set<String> tokens,
    boolean withoutToken,
    Set<String> names,
    Set<String> origins,
    Tls tls,
    ServerLimits limits,
    @Nullable Path jobs,
    List<AddressPattern> urls,
    Map<String, VideoSource> cameras) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  private static final Pattern CAMERA = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

  /** The shortest token that is taken. */
  public static final int SHORTEST_TOKEN = 16;

  /** On this machine alone, at port 8080, with the embedded models. */
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          "127.0.0.1",
          8080,
          Map.of("default", PoseConfig.of("default")),
          Set.of(),
          false,
          Set.of(),
          Set.of(),
          new Tls.None(),
          ServerLimits.DEFAULT,
          null,
          List.of(),
          Map.of());

  public ServerOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("expected a port of 0 to 65535, found " + port);
    }
    if (models.isEmpty()) {
      throw new IllegalArgumentException("expected at least one model, found none");
    }
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    tokens = Set.copyOf(tokens);
    names = Set.copyOf(names);
    origins = Set.copyOf(origins);
    urls = List.copyOf(urls);
    cameras = Collections.unmodifiableMap(new LinkedHashMap<>(cameras));
    for (String camera : cameras.keySet()) {
      if (!CAMERA.matcher(camera).matches()) {
        throw new IllegalArgumentException(
            ("expected a camera's name of at most 64 letters, digits, dots, hyphens and"
                    + " underscores, found '%s'")
                .formatted(camera));
      }
    }
    for (String token : tokens) {
      if (token.length() < SHORTEST_TOKEN) {
        throw new IllegalArgumentException(
            "expected tokens of at least %s characters, found one of %s"
                .formatted(SHORTEST_TOKEN, token.length()));
      }
    }
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
    return new ServerOptions(
        otherHost,
        otherPort,
        models,
        tokens,
        withoutToken,
        names,
        origins,
        tls,
        limits,
        jobs,
        urls,
        cameras);
  }

  /** The same with other models, in this order. */
  public ServerOptions withModels(Map<String, PoseConfig> others) {
    return new ServerOptions(
        host, port, others, tokens, withoutToken, names, origins, tls, limits, jobs, urls, cameras);
  }

  /** The same with these tokens. */
  public ServerOptions withTokens(Set<String> others) {
    return new ServerOptions(
        host, port, models, others, withoutToken, names, origins, tls, limits, jobs, urls, cameras);
  }

  /** The same where others may ask without token, or not. */
  public ServerOptions withoutToken(boolean without) {
    return new ServerOptions(
        host, port, models, tokens, without, names, origins, tls, limits, jobs, urls, cameras);
  }

  /** The same, reached by these names too. */
  public ServerOptions withNames(List<String> others) {
    return new ServerOptions(
        host,
        port,
        models,
        tokens,
        withoutToken,
        Set.copyOf(others),
        origins,
        tls,
        limits,
        jobs,
        urls,
        cameras);
  }

  /** The same, open to pages of these origins too. */
  public ServerOptions withOrigins(List<String> others) {
    return new ServerOptions(
        host,
        port,
        models,
        tokens,
        withoutToken,
        names,
        Set.copyOf(others),
        tls,
        limits,
        jobs,
        urls,
        cameras);
  }

  /** The same with other encryption. */
  public ServerOptions withTls(Tls other) {
    return new ServerOptions(
        host,
        port,
        models,
        tokens,
        withoutToken,
        names,
        origins,
        other,
        limits,
        jobs,
        urls,
        cameras);
  }

  /** The same with other limits. */
  public ServerOptions withLimits(ServerLimits others) {
    return new ServerOptions(
        host, port, models, tokens, withoutToken, names, origins, tls, others, jobs, urls, cameras);
  }

  /** The same with another folder of jobs. */
  public ServerOptions withJobs(@Nullable Path folder) {
    return new ServerOptions(
        host,
        port,
        models,
        tokens,
        withoutToken,
        names,
        origins,
        tls,
        limits,
        folder,
        urls,
        cameras);
  }

  /** The same where jobs may fetch videos of these addresses. */
  public ServerOptions withUrls(List<AddressPattern> others) {
    return new ServerOptions(
        host,
        port,
        models,
        tokens,
        withoutToken,
        names,
        origins,
        tls,
        limits,
        jobs,
        others,
        cameras);
  }

  /** The same with these cameras, in this order. */
  public ServerOptions withCameras(Map<String, VideoSource> others) {
    return new ServerOptions(
        host, port, models, tokens, withoutToken, names, origins, tls, limits, jobs, urls, others);
  }

  /** Without what is nobody else's to know: tokens, and where cameras are. */
  @Override
  public String toString() {
    return "ServerOptions[%s:%s, models %s, %s tokens, cameras %s, %s]"
        .formatted(host, port, models.keySet(), tokens.size(), cameras.keySet(), limits);
  }
}
