package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The gateway over TLS, with certificates that the test makes. */
@GatewayTest
@SuppressWarnings("NullAway.Init") // Before all tests.
class TlsIntegrationTests {

    @TempDir
    static Path folder;

    private static TestCertificate ca;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void tls(DynamicPropertyRegistry settings) throws Exception {
        ca = TestCertificate.selfSigned("ca");
        renew();
        Files.writeString(folder.resolve("ca.pem"), ca.pem());
        settings.add(
                "slotgate.web.tls.certificate", () -> folder.resolve("web.pem").toString());
        settings.add(
                "slotgate.web.tls.private-key", () -> folder.resolve("web.key").toString());
        settings.add(
                "slotgate.web.tls.client-ca", () -> folder.resolve("ca.pem").toString());
        settings.add("slotgate.web.tls.client-auth", () -> "want");
    }

    private static Certificate renew() throws Exception {
        TestCertificate renewed = ca.issue("gateway");
        renewed.replace(folder.resolve("web.pem"), folder.resolve("web.key"));
        return renewed.certificate();
    }

    @Test
    void callsAreServedOverTls() throws Exception {
        HttpResponse<String> answer = get(null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }

    @Test
    void aClientWithACertificateOfTheNamedIssuerIsServedAndAnotherIsNot() throws Exception {
        assertThat(get(ca.issue("client")).statusCode()).isEqualTo(200);
        TestCertificate ofAnIssuerThatOnlyHasTheName =
                TestCertificate.selfSigned("ca").issue("client");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(ofAnIssuerThatOnlyHasTheName));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"})
    void authenticatedEncryptionIsSpoken(String cipher) throws Exception {
        assertThat(handshake(cipher).getCipherSuite()).isEqualTo(cipher);
    }

    @Test
    void oldCiphersAreRefused() {
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> handshake("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"));
    }

    @Test
    void aNewCertificateIsServedWithoutARestartAndABrokenOneIsNot() throws Exception {
        Certificate renewed = renew();
        await().atMost(Duration.ofSeconds(20)).until(() -> served().equals(renewed));

        Files.writeString(folder.resolve("web.pem"), "half of a certific");
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(8)).until(() -> served().equals(renewed));

        Certificate again = renew();
        await().atMost(Duration.ofSeconds(20)).until(() -> served().equals(again));
    }

    @Test
    void whoBeginsTlsTooSlowlyIsCutOff() throws Exception {
        try (var client = new RawClient(port)) {
            // The head of a ClientHello of 16 KiB.
            client.send("\u0016\u0003\u0001?\u00ff\u0001\u0000?\u00fb\u0003\u0003");
            assertThat(client.trickle("a")).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(35));
        }
    }

    private Certificate served() throws Exception {
        return handshake("TLS_AES_256_GCM_SHA384").getPeerCertificates()[0];
    }

    private SSLSession handshake(String cipher) throws Exception {
        try (var socket = (SSLSocket) context(null).getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledCipherSuites(new String[] {cipher});
            socket.startHandshake();
            return socket.getSession();
        }
    }

    private HttpResponse<String> get(@Nullable TestCertificate client) throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().sslContext(context(client)).build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/actuator/health/liveness"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static SSLContext context(@Nullable TestCertificate client) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(ca.store());
        KeyManager[] keys = null;
        if (client != null) {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(client.store(), new char[0]);
            keys = own.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }
}
