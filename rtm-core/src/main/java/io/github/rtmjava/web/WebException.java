package io.github.rtmjava.web;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a file did not come from an address of the web; its message is a few words. */
public final class WebException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean temporary;

  private WebException(String message, boolean temporary, @Nullable Throwable cause) {
    super(message, cause);
    this.temporary = temporary;
  }

  /** Another attempt may bring it. */
  public static WebException temporary(String message) {
    return new WebException(message, /* temporary= */ true, null);
  }

  /** This address has nothing to offer. */
  public static WebException lasting(String message) {
    return new WebException(message, /* temporary= */ false, null);
  }

  /** An address that cannot be reached, or does not follow HTTP. */
  static WebException unreachable(Exception cause) {
    return new WebException(reason(cause), !(cause instanceof IllegalArgumentException), cause);
  }

  /** Whether another attempt may bring it. */
  public boolean isTemporary() {
    return temporary;
  }

  /** Why a connection failed, in a few words. */
  static String reason(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
        return "the host's name is not known here";
      }
    }
    if (thrown instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (thrown instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    String message = thrown.getMessage();
    if (thrown instanceof ConnectException) {
      return "no connection" + (message == null ? "" : ": " + message);
    }
    if (thrown instanceof SSLException) {
      return "no trusted connection: " + message;
    }
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof IllegalArgumentException) {
        // Of a number in its head that is none, Java tells without saying where.
        return "its answer does not follow HTTP";
      }
    }
    return message == null ? thrown.getClass().getSimpleName() : message;
  }
}
