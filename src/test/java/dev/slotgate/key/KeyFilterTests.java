package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TestKeys;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyFilterTests {

    private static final Key KEY = TestKeys.onP256(new SlotId(0), "aa", "payments-1");
    private static final KeyMetadata METADATA = KeyMetadata.ofNew(Map.of("team", "payments"), null, null);

    @Test
    void withoutConditionsEveryKeyPasses() {
        assertThat(new KeyFilter(null, null, null, null, null).fits(KEY, METADATA))
                .isTrue();
    }

    @Test
    void everyConditionMustHold() {
        assertThat(new KeyFilter("payments-1", "pay", "EC", "sign", "team").fits(KEY, METADATA))
                .isTrue();
        assertThat(new KeyFilter("payments", null, null, null, null).fits(KEY, METADATA))
                .isFalse();
        assertThat(new KeyFilter(null, "ments", null, null, null).fits(KEY, METADATA))
                .isFalse();
        assertThat(new KeyFilter(null, null, "RSA", null, null).fits(KEY, METADATA))
                .isFalse();
        assertThat(new KeyFilter(null, null, null, "wrap", null).fits(KEY, METADATA))
                .isFalse();
    }

    @Test
    void aTagIsMetByNameOrByNameAndValue() {
        assertThat(new KeyFilter(null, null, null, null, "team=payments").fits(KEY, METADATA))
                .isTrue();
        assertThat(new KeyFilter(null, null, null, null, "team=billing").fits(KEY, METADATA))
                .isFalse();
        assertThat(new KeyFilter(null, null, null, null, "owner").fits(KEY, METADATA))
                .isFalse();
    }
}
