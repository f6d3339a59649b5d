package dev.slotgate.hsm.pkcs11;

import static dev.slotgate.hsm.AlgorithmSupport.Support.COMPLETED;
import static dev.slotgate.hsm.AlgorithmSupport.Support.NATIVE;
import static dev.slotgate.hsm.AlgorithmSupport.Support.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.AlgorithmSupport;
import dev.slotgate.hsm.AlgorithmSupport.Support;
import dev.slotgate.hsm.Completion;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmTableTests {

    private static final Completion NONE = new Completion(false, false);

    private static final TokenHabits SOFT_HSM = TokenHabits.of("SoftHSM project");
    private static final TokenHabits OTHER = TokenHabits.of("somebody else");

    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP", "RSA-OAEP-256"})
    void bareRsaIsCompletedToOaepWhereThatIsAllowed(String algorithm) {
        Set<Long> bareRsa = Set.of(CKM_RSA_X_509);

        assertThat(support(bareRsa, OTHER, Completion.ALL, algorithm, "decrypt"))
                .isEqualTo(COMPLETED);
        assertThat(support(bareRsa, OTHER, NONE, algorithm, "decrypt")).isEqualTo(UNAVAILABLE);
        assertThat(support(Set.of(), OTHER, Completion.ALL, algorithm, "decrypt"))
                .isEqualTo(UNAVAILABLE);
    }

    @Test
    void oaepOfATokenIsUsedWithTheHashesThatItTakes() {
        Set<Long> both = Set.of(CKM_RSA_X_509, CKM_RSA_PKCS_OAEP);

        assertThat(support(both, OTHER, NONE, "RSA-OAEP-256", "decrypt")).isEqualTo(NATIVE);
        assertThat(support(both, SOFT_HSM, NONE, "RSA-OAEP", "decrypt")).isEqualTo(NATIVE);
        assertThat(support(both, SOFT_HSM, NONE, "RSA-OAEP-256", "decrypt")).isEqualTo(UNAVAILABLE);
        assertThat(support(both, SOFT_HSM, Completion.ALL, "RSA-OAEP-256", "decrypt"))
                .isEqualTo(COMPLETED);
        assertThat(support(both, SOFT_HSM, Completion.ALL, "RSA-OAEP-256", "unwrap"))
                .as("what is unwrapped must not leave the token")
                .isEqualTo(UNAVAILABLE);
    }

    @Test
    void whatNeedsAPublicKeyOrNoneNeedsNoToken() {
        assertThat(support(Set.of(), OTHER, NONE, "RSA-OAEP", "encrypt")).isEqualTo(NATIVE);
        assertThat(support(Set.of(), OTHER, NONE, "ES256", "verify")).isEqualTo(NATIVE);
        assertThat(support(Set.of(), OTHER, NONE, "SHA-256", "digest")).isEqualTo(NATIVE);
        assertThat(support(Set.of(), OTHER, NONE, "ES256", "sign")).isEqualTo(UNAVAILABLE);
        assertThat(support(Set.of(), OTHER, NONE, "A256GCM", "encrypt")).isEqualTo(UNAVAILABLE);
    }

    private static Support support(
            Set<Long> mechanisms, TokenHabits habits, Completion completion, String algorithm, String operation) {
        return AlgorithmTable.of(mechanisms, habits, completion).stream()
                .filter(row -> row.name().equals(algorithm))
                .map(AlgorithmSupport::operations)
                .map(operations -> operations.get(operation))
                .findFirst()
                .orElseThrow();
    }
}
