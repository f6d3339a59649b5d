package dev.slotgate.crypto;

import static dev.slotgate.hsm.SignatureAlgorithm.ES256;
import static dev.slotgate.hsm.SignatureAlgorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyAccess;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SignatureInputTests {

    @Test
    void hashesAMessageAndTakesADigestAsItIs() {
        byte[] digest = Hash.SHA_256.digest(new byte[] {1});

        assertThat(SignatureInput.toBeSigned(new byte[] {1}, null, ES256)).isEqualTo(digest);
        assertThat(SignatureInput.toBeSigned(null, digest, ES256)).isEqualTo(digest);
    }

    @Test
    void anEmptyMessageIsAMessage() {
        assertThat(SignatureInput.toBeSigned(new byte[0], null, ES256)).isEqualTo(Hash.SHA_256.digest(new byte[0]));
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertRefuses("digest", () -> SignatureInput.toBeSigned(new byte[1], new byte[32], ES256));
        assertRefuses("message", () -> SignatureInput.toBeSigned(null, null, ES256));
        assertRefuses("digest", () -> SignatureInput.toBeSigned(null, new byte[31], ES256));
        assertRefuses("key", () -> KeyAccess.named("key", null));
        assertRefuses("key", () -> KeyAccess.named("key", ""));
        assertRefuses("algorithm", () -> SignatureInput.algorithm(null));
        assertRefuses("algorithm", () -> SignatureInput.algorithm("none"));
        assertRefuses("algorithm", () -> SignatureInput.algorithm("es256"));
        assertRefuses("format", () -> SignatureFormat.of("DER", ES256));
        assertRefuses("format", () -> SignatureFormat.of("der", RS256));
    }

    @Test
    void ecdsaSignaturesAreDerUnlessToldOtherwise() {
        assertThat(SignatureFormat.of(null, ES256)).isEqualTo(SignatureFormat.DER);
        assertThat(SignatureFormat.of("raw", ES256)).isEqualTo(SignatureFormat.RAW);
        assertThat(SignatureFormat.of(null, RS256)).isEqualTo(SignatureFormat.RAW);
    }

    private static void assertRefuses(String field, ThrowingCallable call) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(call)
                .returns(field, HsmException::field)
                .withMessageStartingWith(field + ": ");
    }
}
