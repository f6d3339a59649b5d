package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of stored user PINs on every token, which counts the wrong ones and may lock at the third. */
abstract class PinContract extends FreshTokenContract {

    private static final SlotId SLOT = new SlotId(0);
    private static final PinFlags NOTHING_WRONG = new PinFlags(false, false, false);
    private static final PinFlags ONE_WRONG = new PinFlags(true, false, false);

    @Test
    void aWrongPinIsSentOnceAndLocksTheSlot() throws Exception {
        try (Engine engine = startWith("9999")) {
            for (int i = 0; i < 3; i++) {
                assertLocked(engine);
            }
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(ONE_WRONG);
        }
    }

    @Test
    void aPinThatIsNotKnownLocksTheSlotAndCostsNothing() throws Exception {
        try (Engine engine = startWith(null)) {
            assertLocked(engine);
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(NOTHING_WRONG);
        }
    }

    @Test
    void noStoredPinIsSentWhileTheTokenCountsWrongTries() throws Exception {
        startWith("9999").close();
        try (Engine engine = startWith("8888")) {
            assertLocked(engine);
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(ONE_WRONG);
        }
    }

    @Test
    void aLoginWithAnotherProgramMakesTheSlotReadyAtTheNextStart() throws Exception {
        startWith("9999").close();
        AnotherProgram.logIn(token.library(), token.label(), token.userPin());
        try (Engine engine = startWith(token.userPin())) {
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(NOTHING_WRONG);
            assertThat(engine.keys().list(SLOT)).isEmpty();
        }
    }

    @Test
    void aSlotThatIsLockedForgetsItsPinAndOnlyTheRightOneUnlocksIt() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            engine.logins().lock(SLOT);
            assertLocked(engine);
            assertRefuses(HsmFailure.PIN_INCORRECT, engine, "9999", false);
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(ONE_WRONG);
            assertRefuses(HsmFailure.PIN_TRIES_LOW, engine, token.userPin(), false);
            unlock(engine, token.userPin(), true);
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(NOTHING_WRONG);
            assertThat(engine.keys().list(SLOT)).isEmpty();
        }
    }

    @Test
    void aWrongPinThatSomebodyGivesLeavesTheOldOneInUse() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            assertRefuses(HsmFailure.PIN_INCORRECT, engine, "9999", false);
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(NOTHING_WRONG);
            assertThat(engine.keys().list(SLOT)).isEmpty();
        }
    }

    @Test
    void thePinThatIsInUseCostsNoLogin() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            long logins = engine.status(SLOT).logins();
            unlock(engine, token.userPin(), false);
            assertThat(engine.status(SLOT).logins()).isEqualTo(logins);
        }
    }

    @Test
    void aSlotWhosePinIsNotStoredIsUnlockedByTheRightOne() throws Exception {
        try (Engine engine = startWith(null)) {
            unlock(engine, token.userPin(), false);
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
        }
    }

    private static void unlock(Engine engine, String pin, boolean spendTry) {
        try (var given = new Pin(pin.toCharArray())) {
            engine.logins().unlock(SLOT, given, spendTry);
        }
    }

    private static void assertRefuses(HsmFailure failure, Engine engine, String pin, boolean spendTry) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> unlock(engine, pin, spendTry))
                .returns(failure, HsmException::failure);
    }

    private Engine startWith(@Nullable String pin) throws Exception {
        return Engine.in(folder)
                .isolation(isolation())
                .module("module", token.library())
                .slot(SLOT, "module", token.label(), pin)
                .start();
    }

    private static void assertLocked(Engine engine) {
        assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.LOCKED);
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> engine.keys().list(SLOT))
                .returns(HsmFailure.SLOT_LOCKED, HsmException::failure);
    }
}
