package dev.slotgate.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.UserLogins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotLoginsTests {

    private static final SlotId SLOT = new SlotId(3);

    private final UserLogins port = mock(UserLogins.class);
    private final SlotLogins logins = new SlotLogins(port, new PinAttempts(new WrongPins(TestDatabase.H2.open())));
    private final Pin pin = pin("98765432");

    @Test
    void thePinIsGivenOnAndWipedAfterwards() {
        logins.unlock("caller", SLOT, new LoginRequest(pin, null));

        verify(port).unlock(SLOT, pin, false);
        assertWiped(pin);
    }

    @Test
    void aTryIsSpentWhenTheCallerSaysSo() {
        logins.unlock("caller", SLOT, new LoginRequest(pin, true));

        verify(port).unlock(SLOT, pin, true);
    }

    @Test
    void aRefusedPinIsWipedToo() {
        doThrow(new HsmException(HsmFailure.PIN_INCORRECT, "The PIN is wrong."))
                .when(port)
                .unlock(any(), any(), anyBoolean());

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> logins.unlock("caller", SLOT, new LoginRequest(pin, false)))
                .returns(HsmFailure.PIN_INCORRECT, HsmException::failure);
        assertWiped(pin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234\n", "\0", "12\u009f34", "12\ud83434", "\udd11"})
    void whatCannotBeAPinIsToldWithoutShowingItAndWiped(String text) {
        Pin bad = pin(text);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> logins.unlock("caller", SLOT, new LoginRequest(bad, null)))
                .returns(HsmFailure.INVALID_FIELD, HsmException::failure)
                .returns("pin", HsmException::field)
                .withMessageNotContaining("34");
        verifyNoInteractions(port);
        assertWiped(bad);
    }

    @Test
    void aPinThatIsMissingIsToldByItsField() {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> logins.unlock("caller", SLOT, new LoginRequest(null, null)))
                .returns("pin", HsmException::field)
                .withMessageEndingWith("got nothing");
        verifyNoInteractions(port);
    }

    @Test
    void charactersOfEveryKindMakeAPin() {
        Pin other = pin("pïn \ud83d\udd11");
        logins.unlock("caller", SLOT, new LoginRequest(other, null));

        verify(port).unlock(SLOT, other, false);
    }

    @Test
    void aRequestDoesNotShowItsPin() {
        assertThat(new LoginRequest(pin, null)).asString().doesNotContain("98765432");
    }

    @Test
    void lockingIsGivenOn() {
        logins.lock(SLOT);

        verify(port).lock(SLOT);
    }

    private static Pin pin(String text) {
        return new Pin(text.toCharArray());
    }

    private static void assertWiped(Pin pin) {
        assertThat(pin.characters()).isEqualTo(new char[pin.characters().length]);
    }
}
