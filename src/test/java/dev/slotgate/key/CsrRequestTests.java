package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrRequestTests {

    @Test
    void readsADistinguishedName() {
        assertThat(request("CN=service,O=Slotgate").checkedSubject().getRDNs()).hasSize(2);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {" ", "service", "CN=#04FF", "CN=\\", "XX=service", "CN=#zz"})
    void refusesWhatIsNone(@Nullable String subject) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> request(subject).checkedSubject())
                .returns(HsmFailure.INVALID_FIELD, HsmException::failure)
                .returns("subject", HsmException::field);
    }

    private static CsrRequest request(@Nullable String subject) {
        return new CsrRequest(subject, null, null);
    }
}
