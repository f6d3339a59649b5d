package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
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
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.TokenIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenInfo;

class UserLoginTests {

    private final Token token = mock(Token.class);
    private final TokenInfo info = mock(TokenInfo.class);
    private final Session session = mock(Session.class);

    @BeforeEach
    void aTokenInGoodOrder() throws Exception {
        when(token.getTokenInfo()).thenReturn(info);
        when(token.openSession(anyBoolean())).thenReturn(session);
    }

    @Test
    void manyCallersLogInOnce() throws Exception {
        UserLogin login = login("secret-pin", false);
        Concurrently.run(64, () -> {
            login.ensure();
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

    @ParameterizedTest
    @ValueSource(longs = {CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED})
    void noTryIsRiskedWhenTheTokenCountsWrongOnes(long flag) throws Exception {
        when(info.getFlags()).thenReturn(flag);
        assertIsLocked(login("secret-pin", false));
        verify(session, never()).login(eq(CKU_USER), any());
    }

    @Test
    void withoutAPinTheSlotIsLocked() {
        assertIsLocked(new UserLogin(
                identity(), token, _ -> Optional.empty(), false, new NativeThread("test"), Duration.ofSeconds(5)));
    }

    @Test
    void aPinThatEverybodyKnowsIsForTrialsOnly() throws Exception {
        UserLogin configured = login("12345678", false);
        assertIsLocked(configured);
        assertThat(configured.isDefaultPin()).isTrue();
        verify(session, never()).login(eq(CKU_USER), any());

        UserLogin trial = login("12345678", true);
        trial.ensure();
        assertThat(trial.isLoggedIn()).isTrue();
        assertThat(trial.isDefaultPin()).isTrue();
    }

    @Test
    void aLoginThatIsThereAlreadyIsGoodEnough() throws Exception {
        doThrow(new PKCS11Exception(CKR_USER_ALREADY_LOGGED_IN)).when(session).login(eq(CKU_USER), any());
        UserLogin login = login("secret-pin", false);
        login.ensure();
        assertThat(login.isLoggedIn()).isTrue();
    }

    @Test
    void troubleOfTheTokenIsNoVerdictOnThePin() throws Exception {
        doThrow(new PKCS11Exception(CKR_DEVICE_ERROR)).doNothing().when(session).login(eq(CKU_USER), any());
        UserLogin login = login("secret-pin", false);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(login::ensure)
                .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        login.ensure();
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
        PinSource pins = _ -> Optional.of(new Pin("secret-pin".toCharArray()));
        var login = new UserLogin(identity(), token, pins, false, new NativeThread("test"), Duration.ofMillis(50));

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(login::ensure)
                    .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);
        }
        hanging.countDown();
        await().until(login::isLoggedIn);
        login.ensure();
        assertThat(sent).containsExactly("secret-pin");
    }

    private UserLogin login(String pin, boolean acceptsDefaultPin) {
        PinSource pins = _ -> Optional.of(new Pin(pin.toCharArray()));
        return new UserLogin(
                identity(), token, pins, acceptsDefaultPin, new NativeThread("test"), Duration.ofSeconds(5));
    }

    private static TokenIdentity identity() {
        return new TokenIdentity("default", "1", "slot-0");
    }

    private static void assertIsLocked(UserLogin login) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(login::ensure)
                .returns(HsmFailure.SLOT_LOCKED, HsmException::failure);
        assertThat(login.isLoggedIn()).isFalse();
    }
}
