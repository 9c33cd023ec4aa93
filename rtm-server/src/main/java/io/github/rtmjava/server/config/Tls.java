package io.github.rtmjava.server.config;

import java.nio.file.Path;
import java.util.List;

/** How connections are encrypted. */
public sealed interface Tls {
  /** Not at all. */
  record None() implements Tls {}

  /**
   * With a key and certificate of the operator's.
   *
   * @param file a PKCS 12 or JKS key store
   * @param password of it
   */
  record Keystore(Path file, String password) implements Tls {
    @Override
    public String toString() {
      return "Keystore[" + file + "]";
    }
  }

  /**
   * With a certificate that the service makes for itself when it starts; browsers warn of it.
   *
   * @param names and addresses that the certificate is for, besides those of this machine
   */
  record SelfSigned(List<String> names) implements Tls {
    public SelfSigned {
      names = List.copyOf(names);
    }
  }
}
