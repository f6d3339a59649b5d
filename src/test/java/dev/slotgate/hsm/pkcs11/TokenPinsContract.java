package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.Usage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Changes of the user PIN and the SO PIN on every token. */
abstract class TokenPinsContract extends FreshTokenContract {

    static final String OTHER_PIN = "27182818";
    static final String OTHER_SO_PIN = "13572468";

    private static final SlotId SLOT = new SlotId(0);
    private static final PinFlags NOTHING_WRONG = new PinFlags(false, false, false);
    private static final PinFlags ONE_WRONG = new PinFlags(true, false, false);
    private static final KeyId KEY = KeyId.random();

    private final MemoryPins store = new MemoryPins();

    @Test
    void theUserPinIsChangedAndTheKeysGoOn() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            makeKey(engine);
            long logins = engine.status(SLOT).logins();
            change(engine, PinRole.USER, token.userPin(), OTHER_PIN);
            assertThat(engine.status(SLOT).logins()).as("the proof").isEqualTo(logins + 1);
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(NOTHING_WRONG);
            assertWorks(engine);
        }
        assertThat(store.of(token.label())).containsExactly(OTHER_PIN);
        AnotherProgram.logIn(token.library(), token.label(), OTHER_PIN);
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> AnotherProgram.logIn(token.library(), token.label(), token.userPin()))
                .returns("CKR_PIN_INCORRECT", HsmException::returnCode);
    }

    @Test
    void aUserPinThatTheGatewayDoesNotKnowIsJudgedByTheToken() throws Exception {
        try (Engine engine = startWith(null)) {
            assertRefuses(HsmFailure.PIN_INCORRECT, () -> change(engine, PinRole.USER, "99999", OTHER_PIN));
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(ONE_WRONG);
            assertRefuses(HsmFailure.PIN_TRIES_LOW, () -> change(engine, PinRole.USER, token.userPin(), OTHER_PIN));
            engine.pins().change(SLOT, PinRole.USER, pin(token.userPin()), pin(OTHER_PIN), true);
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(NOTHING_WRONG);
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
        }
    }

    @Test
    void aNewPinThatTheTokenDoesNotTakeChangesNothing() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            makeKey(engine);
            assertRefuses(HsmFailure.PIN_POLICY, () -> change(engine, PinRole.USER, token.userPin(), "123"));
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(NOTHING_WRONG);
            assertWorks(engine);
        }
    }

    @Test
    void theSoPinIsChangedAndOnlyTheNewOneHolds() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            makeKey(engine);
            change(engine, PinRole.SO, token.soPin(), OTHER_SO_PIN);
            assertWorks(engine);
            assertRefuses(HsmFailure.PIN_INCORRECT, () -> check(engine, token.soPin(), false));
            assertThat(engine.slots().get(SLOT).soPin()).isEqualTo(ONE_WRONG);
            assertRefuses(HsmFailure.PIN_TRIES_LOW, () -> check(engine, OTHER_SO_PIN, false));
            check(engine, OTHER_SO_PIN, true);
            assertThat(engine.slots().get(SLOT).soPin()).isEqualTo(NOTHING_WRONG);
            assertWorks(engine);
        }
    }

    @Test
    void aWrongSoPinChangesNothingAndCostsOneTry() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            makeKey(engine);
            assertRefuses(HsmFailure.PIN_INCORRECT, () -> change(engine, PinRole.SO, "99999", OTHER_SO_PIN));
            assertThat(engine.slots().get(SLOT).soPin()).isEqualTo(ONE_WRONG);
            assertRefuses(
                    HsmFailure.PIN_TRIES_LOW,
                    () -> engine.pins().resetUserPin(SLOT, pin("99999"), pin(OTHER_PIN), false));
            assertRefuses(
                    HsmFailure.PIN_TRIES_LOW,
                    () -> engine.pins().initialise(SLOT, token.label(), pin("99999"), pin(OTHER_PIN), false));
            assertWorks(engine);
            check(engine, token.soPin(), true);
        }
    }

    @Test
    void theSoSetsAUserPinThatNobodyKnows() throws Exception {
        try (Engine engine = startWith("99999")) {
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.LOCKED);
            engine.pins().resetUserPin(SLOT, pin(token.soPin()), pin(OTHER_PIN), false);
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
            assertThat(engine.slots().get(SLOT).userPin()).isEqualTo(NOTHING_WRONG);
            makeKey(engine);
            assertWorks(engine);
        }
    }

    @Test
    void anInitialisedTokenHasNoKeysAndTheNewUserPin() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            makeKey(engine);
            String serial = engine.slots().get(SLOT).serial();
            engine.pins().initialise(SLOT, token.label(), pin(token.soPin()), pin(OTHER_PIN), false);
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
            assertThat(engine.slots().get(SLOT).serial()).isEqualTo(serial);
            assertThat(engine.keys().list(SLOT)).isEmpty();
            assertRefuses(HsmFailure.KEY_NOT_FOUND, () -> assertWorks(engine));
            makeKey(engine);
            assertWorks(engine);
            check(engine, token.soPin(), false);
        }
        assertThat(store.of(token.label())).containsExactly(OTHER_PIN);
    }

    @Test
    void anInitialisedTokenKeepsAnSoPinThatWasChangedOrIsLeftAlone() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            makeKey(engine);
            change(engine, PinRole.SO, token.soPin(), OTHER_SO_PIN);
            try {
                engine.pins().initialise(SLOT, token.label(), pin(OTHER_SO_PIN), pin(OTHER_PIN), false);
            } catch (HsmException e) {
                assertThat(e.failure()).isEqualTo(HsmFailure.REFUSED_BY_TOKEN);
                assertWorks(engine);
            }
            check(engine, OTHER_SO_PIN, false);
            assertThat(engine.slots().get(SLOT).soPin()).isEqualTo(NOTHING_WRONG);
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
        }
    }

    @Test
    void aSlotThatIsBoundByItsLabelKeepsIt() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            assertRefuses(
                    HsmFailure.INVALID_FIELD,
                    () -> engine.pins().initialise(SLOT, "another", pin(token.soPin()), pin(OTHER_PIN), false));
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
        }
    }

    @Test
    void aChangeThatWasCutShortIsSettledByTheLogin() throws Exception {
        store.put(token.label(), "99999", token.userPin());
        try (Engine engine = startWith(null)) {
            assertThat(engine.slots().get(SLOT).state()).isEqualTo(SlotState.READY);
            assertThat(engine.status(SLOT).logins()).isEqualTo(2);
            assertThat(store.of(token.label())).containsExactly(token.userPin());
        }
    }

    @Test
    void whichOfTwoSoPinsHoldsIsFoundOut() throws Exception {
        try (Engine engine = startWith(token.userPin())) {
            makeKey(engine);
            assertThat(engine.pins().isChanged(SLOT, pin(token.soPin()), pin(OTHER_SO_PIN)))
                    .isFalse();
            assertThat(engine.pins().isChanged(SLOT, pin("99999"), pin(token.soPin())))
                    .isTrue();
            assertThat(engine.slots().get(SLOT).soPin()).isEqualTo(NOTHING_WRONG);
            assertWorks(engine);
        }
    }

    private static void change(Engine engine, PinRole role, String current, String next) {
        engine.pins().change(SLOT, role, pin(current), pin(next), false);
    }

    private static void check(Engine engine, String soPin, boolean spendTry) {
        engine.pins().check(SLOT, PinRole.SO, pin(soPin), spendTry);
    }

    private static Pin pin(String characters) {
        return new Pin(characters.toCharArray());
    }

    private static void makeKey(Engine engine) {
        engine.keys().generate(SLOT, new NewKey(KEY, "key", new KeySpec.Rsa(2048), Usage.SIGN, false));
    }

    private static void assertWorks(Engine engine) {
        assertThat(engine.signer().sign(SLOT, KEY, SignatureAlgorithm.RS256, new byte[32]))
                .isNotEmpty();
    }

    private static void assertRefuses(HsmFailure failure, ThrowingCallable call) {
        assertThatExceptionOfType(HsmException.class).isThrownBy(call).returns(failure, HsmException::failure);
    }

    private Engine startWith(@Nullable String pin) throws Exception {
        return Engine.in(folder)
                .isolation(isolation())
                .store(store)
                .module("module", token.library())
                .slot(SLOT, "module", token.label(), pin)
                .start();
    }
}
