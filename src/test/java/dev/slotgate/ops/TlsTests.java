package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.TestCertificate;
import dev.slotgate.hsm.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;

@ExtendWith(OutputCaptureExtension.class)
class TlsTests {

    @TempDir
    Path folder;

    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
    private final TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void aCertificateIsThere() throws Exception {
        certificate = folder.resolve("web.pem");
        key = folder.resolve("web.key");
        TestCertificate.selfSigned("first").replace(certificate, key);
    }

    @Test
    void onlyAuthenticatedEncryptionWithForwardSecrecyIsOffered() {
        start(null);

        SslBundle bundle = bundles.getBundle("slotgate");
        assertThat(bundle.getOptions().getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
        assertThat(bundle.getOptions().getCiphers())
                .allMatch(name -> name.contains("_GCM_") || name.contains("POLY1305"))
                .allMatch(name -> name.startsWith("TLS_ECDHE_") || !name.contains("_WITH_"));
        assertThat(bundle.createSslContext()).isNotNull();
    }

    @Test
    void withoutACertificateThereIsNoTls() {
        new Tls(new TlsSettings(null, null, null, TlsSettings.ClientAuth.NEED), bundles).customize(factory);

        assertThat(factory.getSsl()).isNull();
    }

    @Test
    void clientsNeedACertificateOnceItIsKnownWhoseAreAccepted() {
        start(null);
        assertThat(clientAuth()).isEqualTo(Ssl.ClientAuth.NONE);
        new Tls(settings(certificate, TlsSettings.ClientAuth.NEED), new DefaultSslBundleRegistry()).customize(factory);
        assertThat(clientAuth()).isEqualTo(Ssl.ClientAuth.NEED);
        new Tls(settings(certificate, TlsSettings.ClientAuth.WANT), new DefaultSslBundleRegistry()).customize(factory);
        assertThat(clientAuth()).isEqualTo(Ssl.ClientAuth.WANT);
    }

    @Test
    void newFilesAreTakenOnceTheyHaveSettled() throws Exception {
        Tls tls = start(null);
        TestCertificate second = TestCertificate.selfSigned("second");
        second.replace(certificate, key);

        tls.look();
        assertThat(served()).isNotEqualTo(second.certificate());
        tls.look();
        assertThat(served()).isEqualTo(second.certificate());
    }

    @Test
    void aSwitchedSymbolicLinkIsANewFile() throws Exception {
        Path old = Files.createDirectory(folder.resolve("old"));
        Files.move(certificate, old.resolve("web.pem"));
        Files.move(key, old.resolve("web.key"));
        Files.createSymbolicLink(folder.resolve("current"), old);
        Files.createSymbolicLink(certificate, Path.of("current/web.pem"));
        Files.createSymbolicLink(key, Path.of("current/web.key"));
        Tls tls = start(null);

        Path next = Files.createDirectory(folder.resolve("next"));
        TestCertificate second = TestCertificate.selfSigned("second");
        second.replace(next.resolve("web.pem"), next.resolve("web.key"));
        Files.createSymbolicLink(folder.resolve("switched"), next);
        Files.move(folder.resolve("switched"), folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
        lookOften(tls);

        assertThat(served()).isEqualTo(second.certificate());
    }

    @Test
    void brokenFilesLeaveTheOldOnesInUseAndAreToldOnce(CapturedOutput log) throws Exception {
        Tls tls = start(null);
        Certificate first = served();
        Files.writeString(certificate, "nonsense");
        lookOften(tls);

        assertThat(served()).isEqualTo(first);
        assertThat(log.getAll()).containsOnlyOnce("the old ones stay in use");
        Files.delete(certificate);
        lookOften(tls);
        assertThat(served()).isEqualTo(first);
        TestCertificate second = TestCertificate.selfSigned("second");
        second.replace(certificate, key);
        lookOften(tls);
        assertThat(served()).isEqualTo(second.certificate());
    }

    @Test
    void whatCannotBeUsedKeepsTheGatewayFromStarting() throws Exception {
        Files.writeString(key, TestCertificate.selfSigned("another").keyPem());
        assertRefused("slotgate.web.tls.private-key is not the key of slotgate.web.tls.certificate");
        Files.writeString(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertRefused("holds no private key in PEM that is not encrypted");
        Files.writeString(certificate, "");
        assertRefused("slotgate.web.tls.certificate, " + certificate + ", holds no certificate in PEM");
        Files.delete(certificate);
        assertRefused("slotgate.web.tls.certificate, " + certificate + ", cannot be read");
    }

    @Test
    void halfASetUpIsNone() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new TlsSettings(certificate, null, null, TlsSettings.ClientAuth.NEED))
                .withMessageContaining("set both");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new TlsSettings(null, null, certificate, TlsSettings.ClientAuth.NEED))
                .withMessageContaining("slotgate.web.tls.client-ca needs");
    }

    private void assertRefused(String sentence) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> start(null))
                .withMessageContaining(sentence);
    }

    private Tls start(@Nullable Path clientCa) {
        Tls tls = new Tls(settings(clientCa, TlsSettings.ClientAuth.NEED), bundles);
        tls.customize(factory);
        return tls;
    }

    private TlsSettings settings(@Nullable Path clientCa, TlsSettings.ClientAuth clients) {
        return new TlsSettings(certificate, key, clientCa, clients);
    }

    private static void lookOften(Tls tls) {
        for (int i = 0; i < 5; i++) {
            tls.look();
        }
    }

    private Ssl.@Nullable ClientAuth clientAuth() {
        Ssl ssl = factory.getSsl();
        return ssl == null ? null : ssl.getClientAuth();
    }

    private @Nullable Certificate served() throws Exception {
        var store = bundles.getBundle("slotgate").getStores().getKeyStore();
        return store == null ? null : store.getCertificate("ssl");
    }
}
