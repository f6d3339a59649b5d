package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class ChangesElsewhereTests {

    private static final SlotId CHANGED = new SlotId(1);
    private static final SlotId QUIET = new SlotId(2);

    private final TokenChanges changes = mock(TokenChanges.class);
    private final Slots slots = mock(Slots.class);
    private final SlotTokens tokens = mock(SlotTokens.class);
    private final Keys keys = mock(Keys.class);
    private final KeyListings listings = mock(KeyListings.class);
    private final ChangesElsewhere elsewhere = new ChangesElsewhere(changes, slots, tokens, keys, listings);

    @BeforeEach
    void slots() {
        when(slots.ids()).thenReturn(Set.of(CHANGED, QUIET));
        when(tokens.of(CHANGED)).thenReturn(new TokenIdentity("soft", "s-a", "a"));
        when(tokens.of(QUIET)).thenReturn(new TokenIdentity("soft", "s-b", "b"));
    }

    @Test
    void theKeysOfATokenThatWasChangedAreLookedUpAnew() {
        when(changes.madeElsewhere()).thenReturn(Map.of()).thenReturn(Map.of("s-a", 1L));

        elsewhere.look();
        verify(keys, never()).lookAnew(any());
        elsewhere.look();
        elsewhere.look();

        verify(keys).lookAnew(CHANGED);
        verify(listings).forget(CHANGED);
        verify(keys, never()).lookAnew(QUIET);
    }

    @Test
    void aSlotThatCannotBeToldIsToldLaterAndTheOthersOnce() {
        when(changes.madeElsewhere()).thenReturn(Map.of("s-a", 1L, "s-b", 1L));
        doThrow(new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The module ended."))
                .doNothing()
                .when(keys)
                .lookAnew(CHANGED);

        elsewhere.look();
        elsewhere.look();
        elsewhere.look();

        verify(keys, times(2)).lookAnew(CHANGED);
        verify(keys).lookAnew(QUIET);
    }

    @Test
    void aDatabaseThatIsAwayIsAskedAgain() {
        when(changes.madeElsewhere())
                .thenThrow(new DataAccessResourceFailureException("away"))
                .thenReturn(Map.of("s-a", 1L));

        assertThatCode(elsewhere::look).doesNotThrowAnyException();
        elsewhere.look();

        verify(keys).lookAnew(CHANGED);
    }
}
