package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.Usage;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessResourceFailureException;

class KeyGenerationTests {

    private static final SlotId SLOT = new SlotId(3);
    private static final TokenIdentity TOKEN = new TokenIdentity("soft", "s-a", "a");
    private static final NewKey ORDER =
            new NewKey(new KeyId("aa"), "label", new KeySpec.Ec(Curve.P_256), Usage.SIGN, false);
    private static final PlannedKey PLAN = new PlannedKey("change", "s-a", ORDER.id());

    private final Keys keys = mock(Keys.class);
    private final PlannedKeys planned = mock(PlannedKeys.class);
    private final KeyGeneration generation = new KeyGeneration(slotTokens(), keys, planned);

    @BeforeEach
    void plan() {
        when(planned.plan(TOKEN, ORDER.id(), KeyMetadata.NONE)).thenReturn(PLAN);
    }

    @Test
    void isWrittenDownBeforeTheTokenIsAskedAndClosedAfterwards() {
        Key made = key();
        when(keys.generate(SLOT, ORDER)).thenReturn(made);

        assertThat(generate()).isSameAs(made);
        var order = inOrder(planned, keys);
        order.verify(planned).plan(TOKEN, ORDER.id(), KeyMetadata.NONE);
        order.verify(keys).generate(SLOT, ORDER);
        order.verify(planned).made(PLAN);
        order.verifyNoMoreInteractions();
    }

    @Test
    void withoutTheDatabaseTheTokenIsNotAsked() {
        when(planned.plan(TOKEN, ORDER.id(), KeyMetadata.NONE)).thenThrow(unavailable());

        assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(this::generate);
        verifyNoInteractions(keys);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "LABEL_IN_USE",
                "SLOT_BUSY",
                "SLOT_LOCKED",
                "REFUSED_BY_TOKEN",
                "TOKEN_TIMEOUT",
                "TOKEN_UNAVAILABLE"
            })
    void aKeyThatWasCertainlyNotMadeIsForgotten(HsmFailure failure) {
        assertFailsWith(failure);

        verify(planned).notMade(PLAN);
        verify(planned, never()).leaveOpen(PLAN);
    }

    @Test
    void aKeyThatMayHaveBeenMadeIsLeftToBeSettled() {
        assertFailsWith(HsmFailure.OUTCOME_UNKNOWN);

        verify(planned).leaveOpen(PLAN);
        verify(planned, never()).notMade(PLAN);
        verify(planned, never()).made(PLAN);
    }

    @Test
    void whatNobodyExpectedIsLeftToBeSettledToo() {
        when(keys.generate(SLOT, ORDER)).thenThrow(new IllegalStateException("inside"));

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::generate);
        verify(planned).leaveOpen(PLAN);
    }

    @Test
    void aKeyThatWasMadeIsAnsweredWhateverTheDatabaseDoes() {
        Key made = key();
        when(keys.generate(SLOT, ORDER)).thenReturn(made);
        doThrow(unavailable()).when(planned).made(PLAN);

        assertThat(generate()).isSameAs(made);
        verify(planned).leaveOpen(PLAN);
    }

    @Test
    void theTokensRefusalIsAnsweredWhateverTheDatabaseDoes() {
        doThrow(unavailable()).when(planned).notMade(PLAN);

        assertFailsWith(HsmFailure.LABEL_IN_USE);
        verify(planned).leaveOpen(PLAN);
    }

    private Key generate() {
        return generation.generate(SLOT, ORDER, KeyMetadata.NONE);
    }

    private void assertFailsWith(HsmFailure failure) {
        when(keys.generate(SLOT, ORDER)).thenThrow(new HsmException(failure, "It failed."));
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(this::generate)
                .returns(failure, HsmException::failure);
    }

    private static DataAccessResourceFailureException unavailable() {
        return new DataAccessResourceFailureException("away");
    }

    private static SlotTokens slotTokens() {
        SlotTokens tokens = mock(SlotTokens.class);
        when(tokens.of(SLOT)).thenReturn(TOKEN);
        return tokens;
    }

    private static Key key() {
        return new Key(
                ORDER.id(),
                SLOT,
                TOKEN,
                "pkcs11:",
                "label",
                KeyType.EC,
                null,
                Curve.P_256,
                Set.of(Usage.SIGN),
                KeyClass.PRIVATE,
                new KeyAttributes(true, false, true, true, true, true),
                null);
    }
}
