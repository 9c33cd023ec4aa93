package io.github.rtmjava.server.web;

import io.javalin.http.Context;

/** What browsers are told of every answer. */
public final class SecurityHeaders {
  /** Scripts, styles and everything else from this service alone, none of it inline. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " media-src 'self' blob:; connect-src 'self'; worker-src 'self'; font-src 'self';"
          + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  /**
   * The policy of a page with one inline script, its import map: browsers take none from a file.
   *
   * @param sha256 of that script, in Base64
   */
  public static String policyWithScript(String sha256) {
    return POLICY.replace("script-src 'self'", "script-src 'self' 'sha256-" + sha256 + "'");
  }

  /** Adds them. */
  public static void add(Context ctx) {
    ctx.header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Permissions-Policy", "camera=(self), microphone=()")
        .header("Cache-Control", "no-store");
  }
}
