package dev.slotgate.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import dev.slotgate.TestIssuer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

class KeyProofsTests {

    private static final TestIssuer CLIENT = new TestIssuer();
    private static final TestIssuer THIEF = new TestIssuer();
    private static final String TOKEN = "the.access.token";

    private final TestClock clock = new TestClock();
    private final KeyProofs proofs =
            new KeyProofs(new Binder().bindOrCreate("slotgate.security", SecuritySettings.class), clock);
    private int number;

    @Test
    void aProofOpensOneCall() throws Exception {
        for (String algorithm : TestIssuer.ALGORITHMS) {
            SentToken sent = sent(good(algorithm).signedBy(CLIENT));
            proofs.require(bound(algorithm), sent);
            assertRefused(algorithm, sent, "the proof was used before, or has no jti");
        }
    }

    @Test
    void aProofIsForItsCallItsTokenAndItsMinute() throws Exception {
        for (var wrong : Map.<String, Object>of(
                        "htm", "POST", "htu", "http://localhost/slots/1", "ath", "x", "iat", now() - 61, "jti", "")
                .entrySet()) {
            assertRefused(d -> d.claim(wrong.getKey(), wrong.getValue()));
            assertRefused(d -> d.without(wrong.getKey()));
        }
        assertRefused(d -> d.claim("iat", now() + 61));
        assertRefused(d -> d.claim("htu", "http://elsewhere/slots"));
        assertRefused(d -> d.claim("htu", "https://localhost/slots"));
        assertRefused(d -> d.claim("htu", "::"));
        proofs.require(bound("ES256"), sent(changed(d -> d.claim("htu", "HTTP://LOCALHOST:80/slots?limit=1#x"))));
        clock.pass(Duration.ofMinutes(1));
        proofs.require(bound("ES256"), sent(changed(d -> d.claim("iat", now() - 60))));
    }

    @Test
    void aProofIsSignedWithThePublicKeyThatTheTokenNames() throws Exception {
        assertRefused(d -> d.header("typ", "JWT"));
        assertRefused(d -> d.header("alg", "none"));
        assertRefused(d -> d.header("alg", "HS256"));
        assertRefused(d -> d.header("jwk", THIEF.key("ES256").toJSONObject()));
        assertRefused(d -> d.header("jwk", "x"));
        assertRefused(d -> d.header("jwk", Map.of("kty", "oct", "k", "AAAA")));
        assertRefused(d -> {
            d.header().remove("jwk");
            return d;
        });
        assertRefused("ES256", sent(good("ES256").signedBy(THIEF)), "the key of the proof did not sign it");
        assertRefused(
                "RS256",
                sent(good("ES256").signedBy(CLIENT)),
                "the key of the proof is not the one that the token is bound to");
    }

    @Test
    void aBoundTokenIsSentWithOneProofAndAnUnboundOneWithNone() throws Exception {
        String scheme = "it is not of the scheme that it was sent with";
        String proof = good("ES256").signedBy(CLIENT);
        assertRefused("ES256", sentAs("Bearer", proof), scheme);
        assertThatExceptionOfType(TokenRefused.class)
                .isThrownBy(() -> proofs.require(KeyBinding.of(null), sentAs("DPoP", proof)))
                .withMessage(scheme);
        proofs.require(KeyBinding.of(null), sentAs("Bearer"));
        assertRefused("ES256", sentAs("DPoP"), "there is not one proof of bearable length");
        assertRefused("ES256", sentAs("DPoP", proof, proof), "there is not one proof of bearable length");
        assertRefused("ES256", sentAs("DPoP", "x".repeat(9000)), "there is not one proof of bearable length");
    }

    @Test
    void aTokenThatIsBoundToACertificateNeedsIt() throws Exception {
        X509Certificate certificate = certificate(new byte[] {1, 2, 3});
        var binding = binding(Map.of("x5t#S256", Sha256.base64url(new byte[] {1, 2, 3})));
        proofs.require(binding, sent(certificate));
        for (X509Certificate other : new X509Certificate[] {certificate(new byte[] {1, 2}), null}) {
            assertThatExceptionOfType(TokenRefused.class).isThrownBy(() -> proofs.require(binding, sent(other)));
        }
    }

    @Test
    void aBindingThatIsNotUnderstoodIsNone() {
        String thumbprint = "x".repeat(43);
        for (Object cnf : List.of(
                "x",
                List.of(),
                Map.of(),
                Map.of("kid", "x"),
                Map.of("jkt", thumbprint, "jwk", Map.of()),
                Map.of("jkt", "short"),
                Map.of("jkt", 1),
                Map.of("x5t#S256", ""))) {
            assertThatExceptionOfType(TokenRefused.class).isThrownBy(() -> binding(cnf));
        }
        assertThat(binding(Map.of("jkt", thumbprint, "x5t#S256", thumbprint)))
                .isEqualTo(new KeyBinding(thumbprint, thumbprint));
    }

    private void assertRefused(UnaryOperator<TokenDraft> change) throws Exception {
        SentToken sent = sent(changed(change));
        assertThatExceptionOfType(TokenRefused.class).isThrownBy(() -> proofs.require(bound("ES256"), sent));
    }

    private void assertRefused(String key, SentToken sent, String reason) {
        assertThatExceptionOfType(TokenRefused.class)
                .isThrownBy(() -> proofs.require(bound(key), sent))
                .withMessage(reason);
    }

    private static KeyBinding bound(String algorithm) throws JOSEException {
        return binding(Map.of("jkt", CLIENT.key(algorithm).computeThumbprint().toString()));
    }

    private static KeyBinding binding(Object cnf) {
        return KeyBinding.of(JsonMapper.shared().valueToTree(cnf));
    }

    private String changed(UnaryOperator<TokenDraft> change) {
        return change.apply(good("ES256")).signedBy(CLIENT);
    }

    private TokenDraft good(String algorithm) {
        return ProofDraft.of(
                algorithm, CLIENT.key(algorithm), "http://localhost/slots", TOKEN, "jti-" + number++, clock.instant());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static SentToken sent(String proof) {
        return sentAs("DPoP", proof);
    }

    private static SentToken sentAs(String scheme, String... proofs) {
        var request = new MockHttpServletRequest("GET", "/slots");
        request.addHeader("Authorization", scheme + " " + TOKEN);
        List.of(proofs).forEach(proof -> request.addHeader("DPoP", proof));
        return Objects.requireNonNull(SentToken.of(request));
    }

    private static SentToken sent(@Nullable X509Certificate certificate) {
        var request = new MockHttpServletRequest("GET", "/slots");
        request.addHeader("Authorization", "Bearer " + TOKEN);
        if (certificate != null) {
            request.setAttribute("jakarta.servlet.request.X509Certificate", new X509Certificate[] {certificate});
        }
        return Objects.requireNonNull(SentToken.of(request));
    }

    private static X509Certificate certificate(byte[] encoded) throws CertificateException {
        X509Certificate certificate = Mockito.mock(X509Certificate.class);
        Mockito.when(certificate.getEncoded()).thenReturn(encoded);
        return certificate;
    }
}
