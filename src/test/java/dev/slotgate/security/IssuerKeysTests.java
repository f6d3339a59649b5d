package dev.slotgate.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.slotgate.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuerKeysTests {

    private static final TestIssuer ISSUER = new TestIssuer();

    private final TestClock clock = new TestClock();
    private JWKSet published = new JWKSet(ISSUER.key("RS256"));
    private boolean down;
    private int fetched;
    private final IssuerKeys keys = new IssuerKeys(this::fetch, Duration.ofMinutes(5), clock);

    @Test
    void anUnknownKeyIsAskedForEveryThirtySecondsAtMost() {
        assertThat(known("RSA")).isTrue();
        published = ISSUER.keys();
        for (int i = 0; i < 100; i++) {
            assertThat(known("P-256")).isFalse();
        }
        assertThat(fetched).isEqualTo(1);

        clock.pass(Duration.ofSeconds(30));
        assertThat(known("P-256")).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(known("nobody's")).isFalse();
        }
        assertThat(fetched).isEqualTo(2);
    }

    @Test
    void theLastGoodKeysStayWhileTheIssuerIsDown() {
        assertThat(known("RSA")).isTrue();
        down = true;
        clock.pass(Duration.ofHours(2));
        assertThat(known("RSA")).isTrue();
        assertThat(known("P-256")).isFalse();
        assertThat(known("RSA")).isTrue();
        assertThat(fetched).isEqualTo(2);
    }

    @Test
    void anIssuerThatWasNeverThereIsAskedEverySecond() {
        down = true;
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(IssuerUnavailable.class).isThrownBy(() -> known("RSA"));
        }
        assertThat(fetched).isEqualTo(1);
        down = false;
        clock.pass(Duration.ofSeconds(1));
        assertThat(known("RSA")).isTrue();
    }

    @Test
    void secretAndShortKeysAreNone() throws Exception {
        published = new JWKSet(List.of(
                new OctetSequenceKeyGenerator(256).keyID("secret").generate(),
                new RSAKeyGenerator(1024, true).keyID("short").generate(),
                ISSUER.key("RS256")));
        assertThat(known("RSA")).isTrue();
        assertThat(known("secret")).isFalse();
        assertThat(known("short")).isFalse();
    }

    @Test
    void theMetadataOfTheIssuerSaysWhereItsKeysAre() throws Exception {
        assertThat(new RemoteKeys(ISSUER.url(), null).fetch().getKeys()).hasSize(4);
        assertThat(new RemoteKeys("https://other", URI.create(ISSUER.url() + "/jwks"))
                        .fetch()
                        .getKeys())
                .anyMatch(key -> key.getKeyType().equals(KeyType.RSA));
        for (String another : List.of(ISSUER.url() + "/", "http://127.0.0.1:1", ISSUER.url() + "/realm")) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> new RemoteKeys(another, null).fetch());
        }
    }

    private boolean known(String id) {
        var wanted = new JWKMatcher.Builder().keyID(id).build();
        return !keys.matching(wanted).isEmpty();
    }

    private JWKSet fetch() throws IOException {
        fetched++;
        if (down) {
            throw new IOException("down");
        }
        return published;
    }
}
