package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TestKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRotationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final KeyId BEFORE = new KeyId("aa");
    private static final KeyId NEXT = new KeyId("bb");

    private final KnownMetadata known = mock(KnownMetadata.class);
    private final Keys keys = mock(Keys.class);
    private final KeyListings listings = mock(KeyListings.class);
    private final KeyRotation rotation =
            new KeyRotation(mock(GrantedKeys.class), known, keys, mock(KeyMaker.class), listings);

    @Test
    void aLabelThatHasPassedOnHasDoneSoWhetherTheTokenShowsItNowOrNot() {
        Key next = key(NEXT, null);
        Key before = key(BEFORE, "signing");
        when(keys.get(SLOT, NEXT)).thenReturn(next);
        when(keys.get(SLOT, BEFORE))
                .thenReturn(before)
                .thenThrow(new HsmException(HsmFailure.SLOT_BUSY, "No session came free."));
        when(known.of(before)).thenReturn(KeyMetadata.NONE);
        when(known.of(next)).thenReturn(KeyMetadata.NONE.ofNext(BEFORE));
        Key named = key(NEXT, "signing");
        when(keys.handLabelOn(SLOT, BEFORE, "signing~v1", NEXT, "signing")).thenReturn(named);

        assertThat(rotation.finish(SLOT, NEXT)).isEqualTo(named);

        verify(listings).forget(SLOT);
        verify(keys, never()).destroy(any(), any());
    }

    private static Key key(KeyId id, @Nullable String label) {
        return TestKeys.signing(SLOT, id.hex(), label, KeyType.EC, null, null, null);
    }
}
