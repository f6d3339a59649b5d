package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.TokenIdentity;
import org.junit.jupiter.api.Test;

class Pkcs11UriTests {

    private static final TokenIdentity TOKEN = new TokenIdentity("default", "6d17", "slot 0");

    @Test
    void namesTokenAndKey() {
        assertThat(Pkcs11Uri.ofKey(TOKEN, new KeyId("0aff"), "pay;ments", KeyClass.PRIVATE))
                .isEqualTo("pkcs11:serial=6d17;token=slot%200;id=%0A%FF;object=pay%3Bments;type=private");
    }

    @Test
    void leavesOutALabelThatIsNotThere() {
        assertThat(Pkcs11Uri.ofKey(TOKEN, new KeyId("01"), null, KeyClass.SECRET))
                .isEqualTo("pkcs11:serial=6d17;token=slot%200;id=%01;type=secret-key");
    }
}
