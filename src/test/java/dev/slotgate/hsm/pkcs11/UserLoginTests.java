package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenInfo;

class UserLoginTests {

    private static final SlotId SLOT = new SlotId(0);

    private final Token token = mock(Token.class);
    private final TokenInfo info = mock(TokenInfo.class);
    private final Session session = mock(Session.class);
    private final RememberedPins latch = new RememberedPins();
    private final MemoryPins known = new MemoryPins();
    private UserPin pin = new UserPin(SLOT, known.bySlot(), latch, false);

    @BeforeEach
    void aTokenInGoodOrder() throws Exception {
        when(token.getTokenInfo()).thenReturn(info);
        when(info.getSerialNumber()).thenReturn("1");
        flags(0);
        when(token.openSession(anyBoolean())).thenReturn(session);
    }

    @Test
    void manyCallersLogInOnce() throws Exception {
        UserLogin login = login("secret-pin", false);
        Concurrently.run(64, () -> {
            login.ensure(in5Seconds());
            return true;
        });
        assertThat(login.isLoggedIn()).isTrue();
        verify(session, times(1)).login(eq(CKU_USER), any());
    }

    @Test
    void aPinThatTheTokenRefusedIsNotSentAgain() throws Exception {
        doThrow(new PKCS11Exception(CKR_PIN_INCORRECT)).when(session).login(eq(CKU_USER), any());
        UserLogin login = login("wrong-pin", false);

        for (int i = 0; i < 10; i++) {
            assertIsLocked(login);
        }
        verify(session, times(1)).login(eq(CKU_USER), any());
    }

    @Test
    void aPinThatTheTokenRefusedIsNotTakenForTheRightOne() throws Exception {
        UserLogin login = login("stored-pin", false);
        var stored = new Pin("stored-pin".toCharArray());
        assertThat(pin.isKnown(identity(), stored)).isTrue();
        doThrow(new PKCS11Exception(CKR_PIN_INCORRECT)).when(session).login(eq(CKU_USER), any());
        assertIsLocked(login);
        assertThat(pin.isKnown(identity(), stored)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED})
    void noTryIsRiskedWhenTheTokenCountsWrongOnes(long flag) throws Exception {
        flags(flag);
        assertIsLocked(login("secret-pin", false));
        verify(session, never()).login(eq(CKU_USER), any());
    }

    @Test
    void withoutAPinTheSlotIsLocked() {
        assertIsLocked(login(false));
    }

    @Test
    void aPinThatEverybodyKnowsIsForTrialsOnly() throws Exception {
        UserLogin configured = login("12345678", false);
        assertRefuses(HsmFailure.DEFAULT_PIN, configured);
        assertThat(pin.isDefault()).isTrue();
        verify(session, never()).login(eq(CKU_USER), any());

        UserLogin trial = login("12345678", true);
        trial.ensure(in5Seconds());
        assertThat(trial.isLoggedIn()).isTrue();
        assertThat(pin.isDefault()).isTrue();
    }

    @Test
    void aLoginThatIsThereAlreadyIsGoodEnough() throws Exception {
        doThrow(new PKCS11Exception(CKR_USER_ALREADY_LOGGED_IN)).when(session).login(eq(CKU_USER), any());
        UserLogin login = login("secret-pin", false);
        login.ensure(in5Seconds());
        assertThat(login.isLoggedIn()).isTrue();
    }

    @Test
    void troubleOfTheTokenIsNoVerdictOnThePin() throws Exception {
        doThrow(new PKCS11Exception(CKR_DEVICE_ERROR)).doNothing().when(session).login(eq(CKU_USER), any());
        UserLogin login = login("secret-pin", false);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> login.ensure(in5Seconds()))
                .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        login.ensure(in5Seconds());
        assertThat(login.isLoggedIn()).isTrue();
    }

    @Test
    void aLoginThatHangsSendsThePinOnceAndNeverAWipedOne() throws Exception {
        var hanging = new CountDownLatch(1);
        var sent = new CopyOnWriteArrayList<String>();
        doAnswer(call -> {
                    hanging.await();
                    sent.add(new String(call.<char[]>getArgument(1)));
                    return null;
                })
                .when(session)
                .login(eq(CKU_USER), any());
        UserLogin login = login("secret-pin", false);
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> login.ensure(Deadline.in(Duration.ofMillis(50))))
                    .satisfies(
                            e -> assertThat(e.failure()).isIn(HsmFailure.TOKEN_TIMEOUT, HsmFailure.TOKEN_UNAVAILABLE));
        }
        hanging.countDown();
        await().until(login::isLoggedIn);
        login.ensure(in5Seconds());
        assertThat(sent).containsExactly("secret-pin");
    }

    @Test
    void aGivenPinThatIsRefusedLeavesTheOldOneInUse() throws Exception {
        UserLogin login = login("secret-pin", false);
        login.ensure(in5Seconds());
        doThrow(new PKCS11Exception(CKR_PIN_INCORRECT))
                .doNothing()
                .when(session)
                .login(eq(CKU_USER), any());
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> login.logInWith(TestTokens.pin("other"), false, in5Seconds()))
                .returns(HsmFailure.PIN_INCORRECT, HsmException::failure);
        assertThat(login.isLoggedIn()).isTrue();
        assertThat(pin.isInUse(TestTokens.pin("secret-pin"))).isTrue();
    }

    @Test
    void aGivenPinIsNeverProvedByALoginThatIsThereAlready() throws Exception {
        UserLogin login = login("secret-pin", false);
        doThrow(new PKCS11Exception(CKR_USER_ALREADY_LOGGED_IN)).when(session).login(eq(CKU_USER), any());
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> login.logInWith(TestTokens.pin("other"), false, in5Seconds()))
                .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        assertThat(pin.inUse()).isEmpty();
        assertThat(login.isLoggedIn()).isFalse();
    }

    @Test
    void anOldPinThatTheTokenRefusedMeanwhileIsNotSentOnceMore() throws Exception {
        UserLogin login = login("secret-pin", false);
        login.ensure(in5Seconds());
        doThrow(new PKCS11Exception(CKR_PIN_INCORRECT)).when(session).login(eq(CKU_USER), any());
        login.end(in5Seconds());
        assertIsLocked(login);
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> login.logInWith(TestTokens.pin("other"), false, in5Seconds()))
                .returns(HsmFailure.PIN_INCORRECT, HsmException::failure);
        assertThat(login.logins()).as("secret-pin twice, other once").isEqualTo(3);
    }

    @Test
    void aWrongPinIsToldAsWrongWhateverBecomesOfTheOldOne() throws Exception {
        UserLogin login = login("secret-pin", false);
        login.ensure(in5Seconds());
        doThrow(new PKCS11Exception(CKR_PIN_INCORRECT))
                .doThrow(new PKCS11Exception(CKR_DEVICE_ERROR))
                .when(session)
                .login(eq(CKU_USER), any());
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> login.logInWith(TestTokens.pin("other"), false, in5Seconds()))
                .returns(HsmFailure.PIN_INCORRECT, HsmException::failure);
        assertThat(login.isLoggedIn()).isFalse();
    }

    @Test
    void aGivenPinMayBeOneThatWasRefusedBefore() throws Exception {
        doThrow(new PKCS11Exception(CKR_PIN_INCORRECT))
                .doNothing()
                .when(session)
                .login(eq(CKU_USER), any());
        UserLogin login = login("secret-pin", false);
        assertIsLocked(login);
        login.logInWith(TestTokens.pin("secret-pin"), false, in5Seconds());
        assertThat(login.isLoggedIn()).isTrue();
        assertThat(login.logins()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        CKF_USER_PIN_COUNT_LOW + ",false,PIN_TRIES_LOW",
        CKF_USER_PIN_FINAL_TRY + ",false,PIN_TRIES_LOW",
        CKF_USER_PIN_FINAL_TRY + ",true,PIN_TRIES_LOW",
        CKF_USER_PIN_LOCKED + ",true,PIN_LOCKED",
    })
    void aGivenPinSpendsNoTryThatNobodyAllowed(long flag, boolean spendTry, HsmFailure failure) throws Exception {
        flags(flag);
        UserLogin login = login("secret-pin", false);
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> login.logInWith(TestTokens.pin("any"), spendTry, in5Seconds()))
                .returns(failure, HsmException::failure);
        verify(session, never()).login(eq(CKU_USER), any());
    }

    @Test
    void oneTryIsSpentWhenSomebodyAllowsIt() throws Exception {
        flags(CKF_USER_PIN_COUNT_LOW);
        UserLogin login = login("secret-pin", false);
        login.logInWith(TestTokens.pin("any"), true, in5Seconds());
        assertThat(login.isLoggedIn()).isTrue();
    }

    @Test
    void afterAChangeThatWasCutShortTheOldPinIsTriedAndThenTheNewOne() throws Exception {
        doThrow(new PKCS11Exception(CKR_PIN_INCORRECT))
                .doNothing()
                .when(session)
                .login(eq(CKU_USER), any());
        known.put("slot-0", "old-pin", "new-pin");
        flags(CKF_USER_PIN_COUNT_LOW);
        UserLogin login = login(false);
        login.ensure(in5Seconds());
        assertThat(login.logins()).isEqualTo(2);
        assertThat(pin.isInUse(TestTokens.pin("new-pin"))).isTrue();
        assertThat(known.of("slot-0")).containsExactly("new-pin");
    }

    @ParameterizedTest
    @ValueSource(longs = {CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED})
    void aChangeThatWasCutShortIsNotSettledByTheLastTry(long flag) throws Exception {
        flags(flag);
        known.put("slot-0", "old-pin", "new-pin");
        assertIsLocked(login(false));
        verify(session, never()).login(eq(CKU_USER), any());
    }

    @Test
    void aDefaultPinSettlesAChangeAndIsStillNoPinToWorkWith() {
        known.put("slot-0", "12345678", "new-pin");
        assertRefuses(HsmFailure.DEFAULT_PIN, login(false));
        assertThat(known.of("slot-0")).containsExactly("12345678");
    }

    @Test
    void aForgottenPinIsNotFetchedFromItsSourceAgain() {
        UserLogin login = login("secret-pin", false);
        login.ensure(in5Seconds());
        login.end(in5Seconds());
        pin.forget(identity());
        assertIsLocked(login);
    }

    private UserLogin login(String characters, boolean acceptsDefaultPin) {
        known.put("slot-0", characters);
        return login(acceptsDefaultPin);
    }

    private UserLogin login(boolean acceptsDefaultPin) {
        pin = new UserPin(SLOT, known.bySlot(), latch, acceptsDefaultPin);
        var bound = new BoundToken(identity(), token, info);
        var keeper = new NativeThread("test", new LongAdder());
        return new UserLogin(() -> bound, pin, keeper, new KeeperSession(), () -> {});
    }

    private void flags(long more) {
        long flags = CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED | more;
        when(info.hasFlagBit(anyLong())).thenAnswer(call -> (flags & call.<Long>getArgument(0)) != 0);
    }

    private static Deadline in5Seconds() {
        return Deadline.in(Duration.ofSeconds(5));
    }

    private static TokenIdentity identity() {
        return new TokenIdentity("default", "1", "slot-0");
    }

    private static void assertIsLocked(UserLogin login) {
        assertRefuses(HsmFailure.SLOT_LOCKED, login);
    }

    private static void assertRefuses(HsmFailure failure, UserLogin login) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> login.ensure(in5Seconds()))
                .returns(failure, HsmException::failure);
        assertThat(login.isLoggedIn()).isFalse();
    }
}
