package dev.slotgate.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SlotId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectHandlesTests {

    private final ObjectHandles handles = new ObjectHandles(new Allowance());

    @Test
    void theOtherHalfOfADestroyedKeyIsLeftOver() {
        handles.leaveOver(object(0, Cryptoki.PRIVATE_KEY));

        assertThat(handles.isLeftOver(object(0, Cryptoki.PUBLIC_KEY))).isTrue();
        handles.of(object(0, Cryptoki.PUBLIC_KEY));
        assertThat(handles.isLeftOver(object(0, Cryptoki.PUBLIC_KEY)))
                .as("it was found again")
                .isFalse();
    }

    @Test
    void aKeyOfTheSameIdOnAnotherSlotIsNot() {
        handles.leaveOver(object(0, Cryptoki.PRIVATE_KEY));

        assertThat(handles.isLeftOver(object(1, Cryptoki.PRIVATE_KEY))).isFalse();
    }

    private static RemoteObject object(int slot, long objectClass) {
        var identity = new RemoteObject.Identity(new SlotId(slot), objectClass, new KeyId("01"));
        return new RemoteObject(identity, Map.of(), null, null, null);
    }
}
