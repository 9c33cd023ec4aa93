package io.github.rtmjava.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks a service of this machine whether it is ready, for containers that hold no other program to
 * ask with. The argument is the address, {@code http://127.0.0.1:8080/readyz} where there is none.
 * Ends with 0 if it is ready, and 1 if it is not.
 */
final class Probe {
  private static final String USUAL = "http://127.0.0.1:8080/readyz";
  private static final int PATIENCE_MILLIS = 5_000;

  private Probe() {}

  public static void main(String[] args) {
    System.exit(run(args.length == 0 ? USUAL : args[0]));
  }

  static int run(String address) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address).toURL().openConnection(Proxy.NO_PROXY);
      if (connection instanceof HttpsURLConnection secure
          && InetAddress.getByName(secure.getURL().getHost()).isLoopbackAddress()) {
        trust(secure);
      }
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      int status = connection.getResponseCode();
      System.out.println(address + " answers " + status);
      return status == HttpURLConnection.HTTP_OK ? 0 : 1;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      System.out.println(address + " does not answer: " + e.getMessage());
      return 1;
    }
  }

  /** A certificate for the service's public name, or one that it made, is not one for 127.0.0.1. */
  private static void trust(HttpsURLConnection connection) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    connection.setSSLSocketFactory(context.getSocketFactory());
    connection.setHostnameVerifier((host, session) -> true);
  }

  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
