package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.KeyAttributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyFilterTests {

    private static final KeyResponse KEY = new KeyResponse(
            "aa",
            0,
            "pkcs11:",
            "payments-1",
            "EC",
            null,
            "P-256",
            List.of("sign"),
            null,
            "enabled",
            "private",
            new KeyAttributes(true, false, true, true, true, true),
            true,
            null,
            1,
            null,
            Map.of("team", "payments"),
            null);

    @Test
    void withoutConditionsEveryKeyPasses() {
        assertThat(new KeyFilter(null, null, null, null, null)).accepts(KEY);
    }

    @Test
    void everyConditionMustHold() {
        assertThat(new KeyFilter("payments-1", "pay", "EC", "sign", "team")).accepts(KEY);
        assertThat(new KeyFilter("payments", null, null, null, null)).rejects(KEY);
        assertThat(new KeyFilter(null, "ments", null, null, null)).rejects(KEY);
        assertThat(new KeyFilter(null, null, "RSA", null, null)).rejects(KEY);
        assertThat(new KeyFilter(null, null, null, "wrap", null)).rejects(KEY);
    }

    @Test
    void aTagIsMetByNameOrByNameAndValue() {
        assertThat(new KeyFilter(null, null, null, null, "team=payments")).accepts(KEY);
        assertThat(new KeyFilter(null, null, null, null, "team=billing")).rejects(KEY);
        assertThat(new KeyFilter(null, null, null, null, "owner")).rejects(KEY);
    }
}
