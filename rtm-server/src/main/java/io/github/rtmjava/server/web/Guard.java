package io.github.rtmjava.server.web;

import io.github.rtmjava.server.config.ServerOptions;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. A request names the host that it means, so that a page of somebody else whose name
 * was made to lead here (DNS rebinding) reaches nothing; a page says where it comes from; whoever
 * comes from outside has a token.
 */
public final class Guard {
  private static final String SCHEME = "bearer ";

  /** The parameter of sockets, whose headers no page can set. */
  private static final String TOKEN = "token";

  /** What holds nothing of anybody's: the page, which asks for the token, and its description. */
  private static final Set<String> OPEN =
      Set.of("/", "/docs", "/openapi.json", "/healthz", "/readyz", "/favicon.ico");

  /** Where the files of the page are. */
  public static final String PAGE = "/page/";

  private final Set<String> hosts = new HashSet<>();
  private final Set<String> origins;
  private final List<byte[]> tokens;
  private final boolean anyHost;

  /** A guard for a service. */
  public Guard(ServerOptions options) {
    hosts.addAll(List.of("localhost", "127.0.0.1", "[::1]", lower(options.host())));
    options.names().forEach(name -> hosts.add(lower(name)));
    // Whoever listens on all addresses cannot know by which of them it is reached; the token
    // protects it, which no page of somebody else's has.
    anyHost = !options.isLoopback() && options.names().isEmpty();
    origins = options.origins();
    tokens = options.tokens().stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /**
   * Lets a request in.
   *
   * @throws ProblemException if it may not ask
   */
  public void admit(Context ctx) {
    requireHost(ctx.header("Host"));
    requireOrigin(ctx.header("Origin"), ctx.header("Host"), ctx);
    boolean open = OPEN.contains(ctx.path()) || ctx.path().startsWith(PAGE);
    if (!tokens.isEmpty() && !open && !ctx.method().equals(HandlerType.OPTIONS)) {
      requireToken(ctx);
    }
  }

  private void requireHost(@Nullable String host) {
    if (host == null || !(anyHost || hosts.contains(withoutPort(host)))) {
      throw new ProblemException(
          Reason.WRONG_HOST,
          "expected the name of this service as Host; the operator can add names with --name");
    }
  }

  private void requireOrigin(@Nullable String origin, @Nullable String host, Context ctx) {
    if (origin == null) {
      requireNoEmbedding(ctx);
      return;
    }
    boolean own = host != null && host.equalsIgnoreCase(authority(origin));
    if (!own && !origins.contains(origin)) {
      throw new ProblemException(
          Reason.FORBIDDEN_ORIGIN,
          "pages of another origin may not ask; the operator can name them with --origin");
    }
    if (!own) {
      ctx.header("Access-Control-Allow-Origin", origin)
          .header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Timeout-Ms")
          .header("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS")
          .header("Access-Control-Expose-Headers", "Retry-After")
          .header("Vary", "Origin");
    }
  }

  /** Pictures and frames that a page shows come without its origin; browsers say where from. */
  private static void requireNoEmbedding(Context ctx) {
    String site = ctx.header("Sec-Fetch-Site");
    boolean foreign = "cross-site".equals(site) || "same-site".equals(site);
    if (foreign && !"document".equals(ctx.header("Sec-Fetch-Dest"))) {
      throw new ProblemException(
          Reason.FORBIDDEN_ORIGIN, "pages of another origin may not show what this service has");
    }
  }

  private static @Nullable String authority(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void requireToken(Context ctx) {
    String header = ctx.header("Authorization");
    String given =
        header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
            ? header.substring(SCHEME.length()).strip()
            : ctx.queryParam(TOKEN);
    byte[] bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (byte[] token : tokens) {
      known |= MessageDigest.isEqual(token, bytes);
    }
    if (!known) {
      throw new ProblemException(
          Reason.UNAUTHORIZED,
          "expected a token of this service in the header Authorization: Bearer TOKEN");
    }
  }

  private static String withoutPort(String host) {
    String lower = lower(host);
    int colon = lower.lastIndexOf(':');
    return colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
