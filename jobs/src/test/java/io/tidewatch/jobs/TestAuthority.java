package io.tidewatch.jobs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/**
 * Signs certificates for servers of tests. The JDK has no class for that, and its keytool is a
 * process for each step; the DER of X.509 (RFC 5280, section 4.1) is short.
 */
public final class TestAuthority {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] TRUE = der(0x01, new byte[] {(byte) 0xFF});
  private static final byte[] ECDSA_WITH_SHA256 =
      der(SEQUENCE, der(0x06, new byte[] {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2}));
  private static final byte[] BASIC_CONSTRAINTS = der(0x06, new byte[] {0x55, 0x1D, 19});
  private static final byte[] ALTERNATIVE_NAME = der(0x06, new byte[] {0x55, 0x1D, 17});
  private static final int IP_ADDRESS = 0x87;

  private final X500Principal name;
  private final KeyPair key = newKey();
  private final byte[] certificate;
  private int serial;

  public TestAuthority(String name) {
    this.name = new X500Principal("CN=" + name);
    byte[] mayTellOfOthers = der(SEQUENCE, BASIC_CONSTRAINTS, TRUE, octets(der(SEQUENCE, TRUE)));
    this.certificate = sign(this.name, key.getPublic(), yesterday(), tomorrow(), mayTellOfOthers);
  }

  /** What a server shows, and its key; PEM. */
  public record Server(String certificates, String key) {

    /** For a server in this JVM. */
    public SSLContext context() throws GeneralSecurityException, IOException {
      byte[] encoded =
          Base64.getMimeDecoder()
              .decode(key.replaceAll("-----[A-Z ]+-----", "").getBytes(US_ASCII));
      PrivateKey secret =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      var chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(certificates.getBytes(US_ASCII)));
      char[] noPassword = {};
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, noPassword);
      keys.setKeyEntry("server", secret, noPassword, chain.toArray(new Certificate[0]));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, noPassword);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    }
  }

  /** What clients trust, PEM. */
  public String certificate() {
    return pem("CERTIFICATE", certificate);
  }

  /** A server at 127.0.0.1 whose certificate is valid today. */
  public Server server() {
    return server(1, tomorrow());
  }

  /** A server at 127.0.0.1 whose certificate is no longer valid. */
  public Server expired() {
    return server(1, Instant.now().minusSeconds(3600));
  }

  /** A server at 127.0.0.2. */
  public Server elsewhere() {
    return server(2, tomorrow());
  }

  private Server server(int lastOfAddress, Instant to) {
    KeyPair own = newKey();
    byte[] address = {127, 0, 0, (byte) lastOfAddress};
    byte[] names = der(SEQUENCE, ALTERNATIVE_NAME, octets(der(SEQUENCE, der(IP_ADDRESS, address))));
    byte[] signed = sign(new X500Principal("CN=server"), own.getPublic(), yesterday(), to, names);
    return new Server(
        pem("CERTIFICATE", signed) + certificate(), pem("PRIVATE KEY", encoded(own.getPrivate())));
  }

  private byte[] sign(
      X500Principal subject, PublicKey ofSubject, Instant from, Instant to, byte[] extension) {
    serial++;
    byte[] version3 = der(0xA0, der(0x02, new byte[] {2}));
    byte[] content =
        der(
            SEQUENCE,
            version3,
            der(0x02, new byte[] {(byte) serial}),
            ECDSA_WITH_SHA256,
            name.getEncoded(),
            der(SEQUENCE, time(from), time(to)),
            subject.getEncoded(),
            ofSubject.getEncoded(),
            der(0xA3, der(SEQUENCE, extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key.getPrivate());
      signature.update(content);
      byte[] noUnusedBits = {0};
      return der(SEQUENCE, content, ECDSA_WITH_SHA256, der(0x03, noUnusedBits, signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant yesterday() {
    return Instant.now().minusSeconds(24 * 3600);
  }

  private static Instant tomorrow() {
    return Instant.now().plusSeconds(24 * 3600);
  }

  private static byte[] time(Instant time) {
    String text =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(time);
    return der(0x18, text.getBytes(US_ASCII));
  }

  private static byte[] octets(byte[] content) {
    return der(OCTETS, content);
  }

  /** Tag, length and the parts one after the other. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length > 255) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 127) {
      out.write(0x81);
    }
    out.write(length & 0xFF);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(256);
      return keys.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(PrivateKey key) {
    return key.getEncoded();
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }
}
