package dev.slotgate.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NewKeyIdsTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final KeyId ID = new KeyId("01");

    private final Keys keys = mock(Keys.class);
    private final Key made = mock(Key.class);
    private final NewKeyIds ids = new NewKeyIds(keys);

    @BeforeEach
    void noKey() {
        when(keys.get(any(), any())).thenThrow(new HsmException(HsmFailure.KEY_NOT_FOUND, "There is none."));
    }

    @Test
    void ofTwoCallsWithTheSameIdOneIsRefused() {
        Key first = ids.make(SLOT, ID, () -> {
            assertThatExceptionOfType(CallRefused.class)
                    .isThrownBy(() -> ids.make(SLOT, ID, () -> made))
                    .extracting(CallRefused::code)
                    .isEqualTo(ReturnCode.ATTRIBUTE_VALUE_INVALID);
            assertThat(ids.make(new SlotId(1), ID, () -> made)).isSameAs(made);
            return made;
        });

        assertThat(first).isSameAs(made);
    }

    @Test
    void anIdWhoseKeyCouldNotBeMadeIsFreeAgain() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ids.make(SLOT, ID, () -> {
                    throw new IllegalStateException("away");
                }));

        assertThat(ids.make(SLOT, ID, () -> made)).isSameAs(made);
    }
}
