package io.github.rtmjava.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key and a certificate for this machine's names and addresses, made anew and kept in memory.
 *
 * @param store holds both
 * @param password of it
 */
record SelfSignedCertificate(KeyStore store, String password) {
  private static final Duration VALID = Duration.ofDays(90);
  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");

  /**
   * Makes one.
   *
   * @param host that the service listens on
   * @param more names and addresses by which it is reached
   */
  static SelfSignedCertificate of(String host, List<String> more) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Instant now = Instant.now();
      X500Name name = new X500Name("CN=rtm-java");
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(128, new SecureRandom()),
              Date.from(now.minus(CLOCKS_DIFFER)),
              Date.from(now.plus(VALID)),
              name,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(Extension.subjectAlternativeName, false, names(host, more));
      Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
      String password = UUID.randomUUID().toString();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "rtm", pair.getPrivate(), password.toCharArray(), new Certificate[] {certificate});
      return new SelfSignedCertificate(store, password);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("a certificate cannot be made here (%s)".formatted(e.getMessage()), e);
    }
  }

  private static GeneralNames names(String host, List<String> more) throws IOException {
    Set<String> all = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1", host));
    all.addAll(more);
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(network.getInetAddresses())) {
        all.add(address.getHostAddress().replaceFirst("%.*", ""));
      }
    }
    return new GeneralNames(
        all.stream()
            .filter(name -> !name.isBlank())
            .map(
                name ->
                    ADDRESS.matcher(name).matches()
                        ? new GeneralName(GeneralName.iPAddress, name.replaceAll("[\\[\\]]", ""))
                        : new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new));
  }
}
