package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.MimeTypeUtils;

class PublicKeyFormatTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | PEM",
                "application/* | PEM",
                "application/x-pem-file | PEM",
                "application/jwk+json | JSON_WEB_KEY",
                "application/pkix-spki | DER",
                "text/html, application/jwk+json;q=0.5, application/pkix-spki;q=0.9 | DER",
                "application/jwk+json;q=\"0.5\", application/pkix-spki | DER",
                "*/*;q=0.1, application/jwk+json | JSON_WEB_KEY",
            })
    void isTheOneThatTheCallerLikesBest(String accept, PublicKeyFormat format) {
        assertThat(PublicKeyFormat.preferred(List.copyOf(MimeTypeUtils.parseMimeTypes(accept))))
                .isEqualTo(format);
    }
}
