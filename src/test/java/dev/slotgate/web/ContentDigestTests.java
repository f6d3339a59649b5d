package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.Hash;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTests {

    private static final byte[] BODY = "{\"hello\": \"world\"}\n".getBytes(StandardCharsets.UTF_8);

    /** RFC 9530 appendix B.2. */
    private static final String FIELD = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";

    @Test
    void theFieldIsThatOfTheStandard() throws Exception {
        assertThat(ContentDigest.field(Hash.SHA_256, BODY)).isEqualTo(FIELD);
        ContentDigest.Expected expected = ContentDigest.expected(FIELD).getFirst();
        expected.made().update(BODY);
        expected.check();
    }

    @Test
    void anotherBodyHasAnotherDigest() throws Exception {
        ContentDigest.Expected expected =
                ContentDigest.expected("md5=:AA==:, " + FIELD).getFirst();
        expected.made().update((byte) 0);
        assertThatExceptionOfType(ContentDigestMismatch.class).isThrownBy(expected::check);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sha-256", "sha-256=abc", "sha-256=:a:", "md5=:AA==:", "sha-256=:AA==:;a", "SHA-256=:AA==:"})
    void whatCannotBeCheckedIsRefused(String field) {
        assertThatExceptionOfType(ContentDigestMismatch.class).isThrownBy(() -> ContentDigest.expected(field));
    }

    @ParameterizedTest
    @CsvSource({
        "'sha-256=1', SHA_256",
        "'sha-256=1, sha-512=3', SHA_512",
        "'md5=9, sha-256=1', SHA_256",
        "'sha-512=0', ",
        "'md5=1', ",
        "'nonsense', ",
        "'', ",
    })
    void theBestOfTheKnownOnesIsMade(String wanted, Hash hash) {
        assertThat(ContentDigest.wanted(wanted).orElse(null)).isEqualTo(hash);
    }
}
