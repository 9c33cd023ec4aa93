package io.github.rtmjava.server.tls;

import io.github.rtmjava.server.config.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What connections are encrypted with. */
public final class ServerKeys {
  private ServerKeys() {}

  /**
   * Jetty's factory for one of the ways.
   *
   * @param host that the service listens on
   * @throws IOException if the key store cannot be read, or holds no key
   */
  public static SslContextFactory.Server factory(Tls tls, String host) throws IOException {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    if (tls instanceof Tls.Keystore keystore) {
      factory.setKeyStore(read(keystore));
      factory.setKeyStorePassword(keystore.password());
    } else if (tls instanceof Tls.SelfSigned self) {
      SelfSignedCertificate made = SelfSignedCertificate.of(host, self.names());
      factory.setKeyStore(made.store());
      factory.setKeyStorePassword(made.password());
    } else {
      throw new IllegalArgumentException("expected a way to encrypt, found none");
    }
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    factory.setSniRequired(false);
    return factory;
  }

  private static IOException closed(Tls.Keystore keystore, Exception cause) {
    return new IOException(
        "%s: expected a PKCS 12 or JKS key store that the password opens (%s)"
            .formatted(keystore.file(), cause.getMessage()),
        cause);
  }

  private static KeyStore read(Tls.Keystore keystore) throws IOException {
    try (InputStream in = Files.newInputStream(keystore.file())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      char[] password = keystore.password().toCharArray();
      store.load(in, password);
      List<String> names = Collections.list(store.aliases());
      for (String name : names) {
        if (store.isKeyEntry(name)) {
          store.getKey(name, password);
          return store;
        }
      }
      throw new IOException(
          keystore.file() + ": expected a key store with a private key, found none in it");
    } catch (GeneralSecurityException e) {
      throw closed(keystore, e);
    } catch (IOException e) {
      throw e.getCause() instanceof GeneralSecurityException ? closed(keystore, e) : e;
    }
  }
}
